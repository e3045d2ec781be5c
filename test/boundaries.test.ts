import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One forbidden line per rule: where it stands, what it says, and what the linter must answer. */
const PLANTED = [
  ['shared/domain/sharing/a.ts', `import { x } from '../../flow/ports';`, 'The domain is pure'],
  ['shared/domain/sharing/b.ts', `import type { X } from '../../tablestore/rows';`, 'The domain is pure'],
  ['shared/domain/sharing/c.ts', `import { x } from 'node:fs';`, 'The domain is pure'],
  ['shared/domain/sharing/d.ts', `import { x } from 'zod';`, 'The domain is pure'],
  ['shared/domain/sharing/e.ts', `export const now = Date.now();`, 'gets the time as an argument'],
  ['shared/domain/sharing/f.ts', `export const dice = Math.random();`, 'gets randomness as an argument'],
  ['shared/domain/sharing/g.ts', `export const home = process.env;`, 'does not read the environment'],
  ['shared/domain/sharing/h.ts', `export const page = fetch('http://x');`, 'does no I/O'],
  ['shared/flow/a.ts', `import { x } from '../tablestore/lists';`, 'knows the domain and its ports'],
  ['shared/flow/b.ts', `import type { X } from '../alicloud/wire';`, 'knows the domain and its ports'],
  ['shared/flow/c.ts', `import { x } from '../edge/route';`, 'knows the domain and its ports'],
  ['shared/flow/d.ts', `import { x } from 'tablestore';`, 'knows the domain and its ports'],
  ['shared/edge/a.ts', `import { x } from '../tablestore/lists';`, 'The edge knows flows'],
  ['shared/edge/routes/b.ts', `import { x } from '../../alicloud/wire';`, 'The edge knows flows'],
  ['shared/alicloud/a.ts', `import { x } from '../tablestore/lists';`, 'knows the provider'],
  ['shared/alicloud/b.ts', `import { x } from '@alicloud/fc2';`, 'knows the provider'],
  ['shared/tablestore/a.ts', `import { x } from '../alicloud/wire';`, `knows Tablestore's SDK`],
  ['shared/outgoing/a.ts', `import { x } from '../edge/route';`, 'knows the network'],
  ['functions/share-api/a.ts', `import { x } from '../../local/clock';`, 'holds nothing of local/'],
  ['functions/share-api/b.ts', `import { x } from 'hono';`, 'holds nothing of local/'],
  ['local/cloud/a.ts', `import { x } from '../../shared/domain/sharing/plan';`, 'share no code'],
  ['local/tablestore/b.ts', `import type { X } from '../../shared/tablestore/rows';`, 'share no code'],
  ['local/people/c.ts', `import { x } from '../../functions/share-api/index';`, 'share no code'],
  ['local/cli/a.ts', `import { x } from '../../shared/flow/ask';`, 'The command line is a client'],
] as const;

/** What stands in the tree today, of every kind that the rules allow: it must stay allowed. */
const ALLOWED = [
  ['shared/domain/sharing/ok.ts', `import { x } from '../directory/directory';\nexport const y = x;`],
  ['shared/flow/ok.ts', `import { x } from '../domain/sharing/plan';\nexport const y = x;`],
  ['shared/edge/routes/ok.ts', `import { x } from '../../flow/ask';\nexport const y = x;`],
  ['shared/alicloud/ok.ts', `import { x } from '@alicloud/openapi-core';\nexport const y = x;`],
  ['shared/tablestore/ok.ts', `import { x } from 'tablestore';\nexport const y = x;`],
  ['shared/outgoing/ok.ts', `import { x } from 'node:https';\nexport const y = x;`],
  ['functions/share-api/ok.ts', `import { x } from '../../shared/edge/app';\nexport const y = x;`],
  ['local/cloud/ok.ts', `import { x } from '../clock';\nexport const y = x;`],
  ['local/cli/ok.ts', `import { x } from '../../shared/tablestore/create-tables';\nexport const y = x;`],
] as const;

interface Diagnostic {
  message: string;
  help?: string;
  filename: string;
}

describe('import directions', () => {
  let tree: string;
  let found: Diagnostic[];

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'boundaries-'));
    cpSync('.oxlintrc.json', join(tree, '.oxlintrc.json'));
    for (const [file, text] of [...PLANTED, ...ALLOWED]) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), `${text}\n`);
    }
    const linter = join(process.cwd(), 'node_modules/.bin/oxlint');
    const run = spawnSync(linter, ['-f', 'json', 'shared', 'functions', 'local'], {
      cwd: tree,
      encoding: 'utf8',
    });
    found = (JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(PLANTED)('%s may not hold: %s', (file, _text, because) => {
    const told = found
      .filter(({ filename }) => filename === file)
      .map(({ message, help }) => `${message} ${help}`);
    expect(told.join('\n')).toContain(because);
  });

  it('lets through what every layer needs', () => {
    const allowed = new Set<string>(ALLOWED.map(([file]) => file));
    const boundary = found.filter(
      ({ filename, message }) => allowed.has(filename) && /restricted/.test(message),
    );
    expect(boundary).toEqual([]);
  });
});
