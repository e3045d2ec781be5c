import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtRequest } from '../../../shared/flow/look';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { ADA, openDesk, REN, valueOf, type Desk } from './sharing-desk';

const { plain, permanent } = TINY.snapshots;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.readDirectory();
});
afterEach(async () => await desk.close());

/** Asked for and approved while nothing stood in the way. */
async function approvedFor(principalIds: string[], ...ids: string[]): Promise<string> {
  const { requestId } = await desk.asks(
    REN,
    ids.map((id) => ['Snapshot', id]),
    principalIds,
  );
  await desk.approves(ADA, requestId);
  return requestId;
}

async function failures(requestId: string): Promise<string[]> {
  const { grants } = valueOf(await lookAtRequest(desk.state(), ADA, requestId));
  return grants.map(({ resource, grant: { principal, sight } }) =>
    sight.is === 'failed'
      ? `${resource.resourceId} ${principal.id}: ${sight.reason}, ${sight.detail.split(':')[0]}`
      : `${resource.resourceId} ${principal.id}: ${sight.is}`,
  );
}

const snapshotNamed = (id: string) => desk.cloud.world.regions[PLACE.regionId]?.snapshots[id];

describe('a grant that the provider would refuse by the time it is due', () => {
  it('fails with the code of the rule, without a write at the provider', async () => {
    const requestId = await approvedFor([TINY.consumer], plain);
    Object.assign(snapshotNamed(plain) ?? {}, { category: 'archive' });
    await desk.polls();
    expect(await failures(requestId)).toEqual([`${plain} ${TINY.consumer}: refused, snapshot-archived`]);
    expect(desk.writes()).toEqual([]);
  });

  it('does not hold back what was approved together with it', async () => {
    const requestId = await approvedFor([TINY.consumer], plain, permanent);
    Object.assign(snapshotNamed(plain) ?? {}, { category: 'archive' });
    await desk.polls();
    desk.wind(60_000);
    await desk.polls();
    expect(await failures(requestId)).toEqual([
      `${plain} ${TINY.consumer}: refused, snapshot-archived`,
      `${permanent} ${TINY.consumer}: granted`,
    ]);
  });

  it('fails for the principal that is to blame alone', async () => {
    const requestId = await approvedFor([TINY.consumer, TINY.developmentFolder], plain);
    const member = desk.cloud.world.directories[0]?.members[TINY.consumer];
    Object.assign(member ?? {}, { deletionStatus: 'Checking' });
    await desk.readDirectory();
    await desk.polls();
    desk.wind(60_000);
    await desk.polls();
    expect(await failures(requestId)).toEqual([
      `${plain} ${TINY.consumer}: refused, target-being-removed`,
      `${plain} ${TINY.developmentFolder}: granted`,
    ]);
  });
});

describe('what may be different in a minute', () => {
  it('is left to the provider: a limit that is reached for now fails no grant here', async () => {
    const requestId = await approvedFor([TINY.consumer], plain);
    Object.assign(snapshotNamed(plain) ?? {}, { status: 'progressing' });
    await desk.polls();
    expect(await failures(requestId)).not.toContain(
      `${plain} ${TINY.consumer}: refused, snapshot-not-accomplished`,
    );
  });

  it('is not taken for a refusal when it cannot be read', async () => {
    const requestId = await approvedFor([TINY.consumer], plain);
    for (const action of [
      'DescribeSnapshots',
      'ListPermissions',
      'CheckSharingWithResourceDirectoryStatus',
    ]) {
      desk.cloud.faults.add({ action, fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' } });
    }
    await desk.polls();
    desk.wind(60_000);
    await desk.polls();
    expect(await failures(requestId)).toEqual([`${plain} ${TINY.consumer}: granted`]);
  });
});

describe('a partner of the other site', () => {
  it('is not known as such before the provider says so, and from then on is', async () => {
    const requestId = await approvedFor([TINY.international], plain);
    await desk.polls();
    expect(await failures(requestId)).toEqual([
      `${plain} ${TINY.international}: refused, InvalidTarget.SiteMismatch`,
    ]);
    await expect(desk.asks(REN, [['Snapshot', plain]], [TINY.international])).rejects.toThrow('"other-site"');
  });
});
