import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCUMENT, openDoor, type Door } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

async function asked(resourceId: string): Promise<string> {
  const body = {
    resources: [{ resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId }],
    principals: [{ id: '1600000000000002' }],
    reason: 'Nightly restore test',
  };
  const { json } = await door.call('POST', '/v1/requests', { as: 'Ren', body });
  await door.call('POST', `/v1/requests/${json.requestId}/decision`, {
    as: 'Ada',
    body: { decision: 'approve' },
  });
  return json.requestId;
}

/** Reads a list to its end, and lets something happen after each page. */
async function read(path: string, meanwhile: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const query: Record<string, string> = { limit: '2', ...(after === null ? {} : { after }) };
    const { json } = await door.call('GET', path, { as: 'Ines', query });
    for (const { requestId } of json.requests ?? []) seen.push(requestId);
    for (const { resource } of json.grants ?? []) seen.push(resource.resourceId);
    after = json.next;
    if (seen.length < 20) await meanwhile();
  } while (after !== null);
  return seen;
}

test('what is added while a list is read moves nothing: no entry is shown twice or passed over', async () => {
  const ids: string[] = [];
  for (const name of ['s-b', 's-d', 's-f', 's-h', 's-j']) ids.unshift(await asked(name));

  let added = 0;
  const requests = await read('/v1/requests', () => asked(`s-a${(added += 1)}`));
  expect(requests).toEqual(ids);

  // By id: a new one stands at its place, before or after where the reader is.
  const grants = await read('/v1/grants', () => asked(`s-${'czegi'.charAt((added += 1) % 5)}`));
  expect(new Set(grants).size).toBe(grants.length);
  expect(grants).toEqual(grants.toSorted());
  expect(grants.filter((id) => ['s-b', 's-d', 's-f', 's-h', 's-j'].includes(id))).toHaveLength(5);
});

test('the API describes itself to anybody', async () => {
  const { status, headers, json } = await door.call('GET', '/openapi.json');
  expect([status, headers['content-type']]).toEqual([200, 'application/json']);
  expect(json).toEqual(DOCUMENT);
});

test('what the build prints is what the tests hold every call against', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'openapi-'));
  try {
    const outfile = join(directory, 'print-openapi.js');
    const options = [
      '--bundle',
      '--platform=node',
      '--target=node20',
      '--format=cjs',
      `--outfile=${outfile}`,
    ];
    execFileSync('node_modules/.bin/esbuild', [
      'shared/edge/print-openapi.ts',
      ...options,
      '--log-level=warning',
    ]);
    expect(JSON.parse(execFileSync(process.execPath, [outfile], { encoding: 'utf8' }))).toEqual(DOCUMENT);
  } finally {
    await rm(directory, { recursive: true });
  }
});
