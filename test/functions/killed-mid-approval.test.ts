import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { apiClient, type ApiClient } from '../../local/cli/api-client';
import { startLaptop, type Laptop } from '../../local/cli/laptop';
import { TINY } from '../../local/estates/tiny';

const MINUTE_MS = 60_000;

let directory: string;
let laptop: Laptop;
let call: ApiClient;
/** share-api is killed (SIGKILL) when it has sent this many more requests to Tablestore; 0 = it lives. */
let killAfter = 0;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'killed-'));
  laptop = await startLaptop({
    directory,
    root: process.cwd(),
    estate: 'tiny',
    ports: 'any',
    schedules: false,
    log: () => {},
    onTablestoreRequest() {
      if (killAfter === 0) return;
      killAfter -= 1;
      if (killAfter === 0) laptop.host.killInstances('share-api');
    },
  });
  call = apiClient(laptop.host.httpUrl('share-api'), laptop.issuer);
});
afterEach(async () => {
  await laptop.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function poll(): Promise<void> {
  laptop.clock.wind(3 * MINUTE_MS);
  await laptop.host.fireTimer('invitation-poller', 'every-minute');
}

it('a function killed at any request of an approval leaves a request that the timers complete', async () => {
  await laptop.host.fireTimer('membership-reconciler', 'every-15-minutes');
  const outcomes: string[] = [];
  for (let nth = 1; ; nth++) {
    const asked = await call('Ren', 'POST', '/v1/requests', {
      resources: [
        {
          resourceType: 'Snapshot',
          regionId: TINY.regionId,
          resourceId: TINY.snapshots.plain,
          ownerAccountId: TINY.producer,
        },
      ],
      principals: [{ id: TINY.consumer }],
      reason: 'The restore drill needs it',
    });
    const requestId = String(asked.body['requestId']);
    await laptop.host.idle();
    killAfter = nth;
    const decided = await call('Ada', 'POST', `/v1/requests/${requestId}/decision`, { decision: 'approve' });
    const died = killAfter === 0;
    killAfter = 0;
    await laptop.host.idle();
    await poll();
    await poll();
    const looked = await call('Ren', 'GET', `/v1/requests/${requestId}`);
    const grants = looked.body['grants'] as { status: string }[];
    outcomes.push(`${String(looked.body['status'])} ${grants.map(({ status }) => status).join()}`);
    if (!died) {
      expect(decided.status).toBe(200);
      break;
    }
    await call('Ada', 'POST', `/v1/requests/${requestId}/revoke`, { reason: 'for the next round' });
    await poll();
    await poll();
  }
  const untouched = outcomes.filter((outcome) => outcome === 'pending ').length;
  const completed = outcomes.filter((outcome) => outcome === 'approved granted').length;
  expect(untouched + completed).toBe(outcomes.length);
  expect(untouched).toBeGreaterThanOrEqual(1);
  expect(completed).toBeGreaterThanOrEqual(4);
}, 120_000);
