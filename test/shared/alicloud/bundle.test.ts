import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = join(__dirname, '../../..');
const FOLDER = join(ROOT, 'shared/alicloud');

async function bundled(entryPoints: string[]): Promise<{ inputs: string[]; bytes: number }> {
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: 'unwritten',
    write: false,
    metafile: true,
  });
  const bytes = Object.values(metafile.outputs).map((output) => output.bytes);
  return { inputs: Object.keys(metafile.inputs), bytes: Math.max(...bytes) };
}

describe('what is bundled of the way to the provider', () => {
  it('holds none of the official clients, whose types it uses, and nothing of the other layers', async () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
    const { inputs, bytes } = await bundled(files.map((name) => join(FOLDER, name)));
    expect(inputs).toContain('node_modules/@alicloud/openapi-core/dist/client.js');
    const unwanted =
      /@alicloud\/(ecs20140526|resourcemanager20200331|fc2|pop-core)|node_modules\/(zod|tablestore)\//;
    expect(inputs.filter((path) => unwanted.test(path))).toEqual([]);
    const own = inputs.filter((path) => !path.startsWith('node_modules/'));
    expect(own.filter((path) => !/^shared\/(alicloud|domain|flow|configuration)/.test(path))).toEqual([]);
    // The full ECS client alone would bring 8 MB.
    expect(bytes).toBeLessThan(2_000_000);
  });
});
