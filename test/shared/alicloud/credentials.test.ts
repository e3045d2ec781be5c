import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import { PLACE, startTiny, TINY, type TinyCloud } from './tiny-cloud';

const MINUTE_MS = 60_000;

let tiny: TinyCloud | undefined;
afterEach(() => tiny?.cloud.close());

async function start(change?: (world: World, nowMs: number) => void) {
  tiny = await startTiny(change);
  return tiny;
}

describe('reaching an account', () => {
  it('takes the context credentials for the own account, without asking STS', async () => {
    const { client, cloud, calls } = await start();
    const place = { ownerAccountId: TINY.management, regionId: TINY.regionId };
    expect((await sharingProvider(client()).observe(place, [])).shares).toEqual([]);
    expect(calls('AssumeRole')).toBe(0);
    expect(new Set(cloud.calls.records.map((call) => call.accountId))).toEqual(new Set([TINY.management]));
  });

  it('enters a member through its role, under a name that its audit trail shows', async () => {
    const { client, cloud } = await start();
    await sharingProvider(client()).observe(PLACE, []);
    const [assumed] = cloud.calls.find({ action: 'AssumeRole' });
    expect(assumed).toMatchObject({
      accountId: TINY.management,
      parameters: {
        RoleArn: `acs:ram::${TINY.producer}:role/sharekeeper-member`,
        RoleSessionName: 'sharekeeper',
      },
    });
    const [listed] = cloud.calls.find({ action: 'ListResourceShares' });
    expect(listed?.accountId).toBe(TINY.producer);
  });

  it('opens one session for many calls, also at once and from one invocation to the next', async () => {
    const { client, calls } = await start();
    const provider = sharingProvider(client());
    await Promise.all([1, 2, 3].map(() => provider.observe(PLACE, [])));
    await sharingProvider(client()).observe(PLACE, []);
    expect(calls('AssumeRole')).toBe(1);
  });

  it('opens a new session five minutes before the old one ends, and only one when many need it', async () => {
    const { client, calls, clock } = await start((world) => {
      const role = world.accounts[TINY.producer]?.roles['sharekeeper-member'];
      if (role !== undefined) role.maxSessionSeconds = 15 * 60;
    });
    const provider = sharingProvider(client());
    await provider.observe(PLACE, []);
    clock.wind(9 * MINUTE_MS);
    await provider.observe(PLACE, []);
    expect(calls('AssumeRole')).toBe(1);
    clock.wind(2 * MINUTE_MS);
    await Promise.all([1, 2, 3].map(() => provider.observe(PLACE, [])));
    expect(calls('AssumeRole')).toBe(2);
  });

  it('opens a new session after the provider no longer took the old one', async () => {
    const { client, cloud, calls } = await start();
    const provider = sharingProvider(client());
    cloud.faults.add({
      action: 'ListResourceShares',
      count: 1,
      fault: { kind: 'error', status: 403, code: 'InvalidSecurityToken.Expired' },
    });
    await expect(provider.observe(PLACE, [])).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' });
    expect((await provider.observe(PLACE, [])).shares).toHaveLength(1);
    expect(calls('AssumeRole')).toBe(2);
  });

  it.each([
    ['answers with a bare redirect', { kind: 'redirect' } as const],
    ['is throttled', { kind: 'throttle', code: 'Throttling.Api', retryAfterMs: 5 } as const],
  ])('tries STS again when it %s', async (_what, fault) => {
    const { client, cloud, calls } = await start();
    cloud.faults.add({ action: 'AssumeRole', count: 2, fault });
    expect((await sharingProvider(client()).observe(PLACE, [])).shares).toHaveLength(1);
    expect(calls('AssumeRole')).toBe(3);
  });

  it('says which role to make when the account has none, and asks again the next time', async () => {
    const { client, calls } = await start();
    const place = { ...PLACE, ownerAccountId: TINY.partner };
    const provider = sharingProvider(client());
    await expect(provider.observe(place, [])).rejects.toMatchObject({
      kind: 'refused',
      code: 'EntityNotExist.Role',
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      message:
        'Account 2000000000000001 cannot be reached: STS did not hand out acs:ram::2000000000000001:role/sharekeeper-member (EntityNotExist.Role). There is no such role: create it in account 2000000000000001, trusting account 1000000000000001.',
    });
    await expect(provider.observe(place, [])).rejects.toMatchObject({ code: 'EntityNotExist.Role' });
    expect(calls('AssumeRole')).toBeGreaterThan(1);
  });

  it('says whom the role must trust when it lets us not in, and sends no write', async () => {
    const { client, calls } = await start((world) => {
      const role = world.accounts[TINY.producer]?.roles['sharekeeper-member'];
      if (role !== undefined) role.trusts = [TINY.partner];
    });
    const outcome = await sharingProvider(client()).apply(PLACE, {
      call: 'DeleteResourceShare',
      resourceShareId: TINY.handMadeShare,
    });
    expect(outcome).toMatchObject({
      is: 'refused',
      code: 'NoPermission',
      message: expect.stringContaining("Let the role's trust policy name account 1000000000000001"),
    });
    expect(calls('DeleteResourceShare')).toBe(0);
  });

  it('may be tried again when STS fails, for a write too, because the write was never sent', async () => {
    const { client, cloud, calls } = await start();
    cloud.faults.add({ action: 'AssumeRole', fault: { kind: 'reset', when: 'before' } });
    const outcome = await sharingProvider(client()).apply(PLACE, {
      call: 'DeleteResourceShare',
      resourceShareId: TINY.handMadeShare,
    });
    expect(outcome).toMatchObject({ is: 'try-again' });
    expect(calls('DeleteResourceShare')).toBe(0);
  });
});
