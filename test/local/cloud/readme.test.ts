import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actSchema } from '../../../local/cloud/act';
import { SWITCHES } from '../../../local/cloud/switches';

/** Tables are padded by the formatter. */
const readme = readFileSync(join(__dirname, '../../../local/cloud/README.md'), 'utf8').replaceAll(
  / {2,}/g,
  ' ',
);

it.each(Object.entries(SWITCHES))(
  'the README tells the switch %s with its positions in order',
  (name, positions) => {
    const listed = positions.map((position) => `\`${position}\``).join(', ');
    expect(readme).toContain(`| \`${name}\` | ${listed} |`);
  },
);

it('the README tells every act', () => {
  const acts = actSchema.options.map((option) => option.shape.act.value);
  expect(acts.filter((act) => !readme.includes(`\`${act}\``))).toEqual([]);
});
