import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import { factsReader } from '../../../shared/alicloud/facts-reader';
import { providerClient } from '../../../shared/alicloud/provider-client';
import type { PreflightReport } from '../../../shared/domain/sharing/preflight-report';
import { principalOf } from '../../../shared/domain/sharing/principal';
import type { ResourceRef } from '../../../shared/domain/sharing/resource';
import type { ResourceType, TypeOverrides } from '../../../shared/domain/sharing/resource-types';
import { preflight } from '../../../shared/flow/preflight';
import { reconcileDirectory } from '../../../shared/flow/reconcile-directory';
import { directoryReader } from '../../../shared/alicloud/directory-reader';
import { configurationAt } from '../alicloud/outside';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { BAD, addBadThings, LEAVING_MEMBER, OTHER_DIRECTORY, OTHER_REGION } from './bad-wishes';
import { startInstallation, type Installation } from './installation';

let house: Installation;
afterEach(async () => await house.close());

/** Every region has an endpoint of its own: a provider call that names another region is refused. */
function clientOf({ cloud, clock }: Installation) {
  const endpoints = Object.entries(cloud.endpoints).map(([regionId, url]) => [`*/${regionId}`, url]);
  const own = {
    accountId: TINY.management,
    regionId: TINY.regionId,
    credentials: cloud.roleCredentials(TINY.management, 'sharekeeper'),
  };
  return providerClient(configurationAt(Object.fromEntries(endpoints)), own, clock, { random: () => 0 });
}

interface Looked {
  report: PreflightReport;
  /** `code answer pointer`, once each. */
  said: string[];
}

async function open(change: (world: World, nowMs: number) => void = () => {}) {
  house = await startInstallation(change);
  await reconcileDirectory({
    ...house,
    directory: directoryReader(house.client),
  });
}

async function look(
  resources: [ResourceType, string, string?][],
  principalIds: string[],
  options: { typeOverrides?: TypeOverrides; unknownBlocks?: boolean; sharesPerAccountMax?: number } = {},
): Promise<Looked> {
  const { typeOverrides = {}, unknownBlocks = false, sharesPerAccountMax = 1_000 } = options;
  const named = resources.map(([resourceType, resourceId, regionId = PLACE.regionId]): ResourceRef => ({
    ...PLACE,
    regionId,
    resourceType,
    resourceId,
  }));
  const report = await preflight(
    {
      ...house,
      places: [PLACE, { ...PLACE, regionId: OTHER_REGION }],
      preflight: {
        facts: async () => factsReader(clientOf(house)),
        typeOverrides,
        settings: { externalSharing: true, sharesPerAccountMax, sharedResourcesPerAccountMax: 1_000 },
      },
    },
    {
      resources: named,
      principals: principalIds.flatMap((id) => principalOf(id) ?? []),
      startMs: null,
      endMs: null,
    },
    { unknownBlocks },
  );
  const said = report.reasons.flatMap(({ code, answer, subjects }) =>
    subjects.map(({ pointer }) => `${code} ${answer} ${pointer}`),
  );
  return { report, said: [...new Set(said)] };
}

const WRITES = /^(Create|Associate|Disassociate|Update|Delete|Modify|Enable|Accept|Reject)/;

describe('a preflight', () => {
  it('finds nothing to refuse about a plain snapshot for a member, and tells what the receiver cannot do', async () => {
    await open();
    const { report } = await look([['Snapshot', TINY.snapshots.permanent]], [TINY.consumer]);
    expect(report.outcome).toBe('clear');
    expect(report.reasons.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'inform permanent-becomes-1096-days',
      'inform receiver-cannot-roll-back',
      'inform receiver-cannot-make-image',
      'inform receiver-cannot-share-on',
      'inform receiver-cannot-reset-disks',
    ]);
  });

  it('says every reason of a request full of bad cases at once, and writes nothing at the provider', async () => {
    await open(addBadThings);
    const { report, said } = await look(
      [
        ['Snapshot', 's-bp1nobodyhasthis01'],
        ['Snapshot', BAD.received],
        ['Snapshot', BAD.elsewhere],
        ['ROSTemplate', '5ecd1e10-b0e9-4389-a565-e4c15efc'],
        ['VSwitch', TINY.deploymentSet],
        ['Snapshot', TINY.snapshots.encryptedWithServiceKey],
        ['Snapshot', TINY.snapshots.ofImportedImage],
        ['Snapshot', BAD.marketplace],
        ['Snapshot', BAD.progressing],
        ['Snapshot', BAD.archived],
        ['Snapshot', BAD.full],
        ['Snapshot', TINY.snapshots.encryptedWithCmk],
        ['Snapshot', TINY.snapshots.expiredAndShared],
        ['Image', TINY.images.encryptedWithServiceKey],
        ['Image', TINY.images.marketplace],
        ['Image', BAD.imageCreating],
        ['Image', BAD.imagePublic],
        ['Image', BAD.imageFull],
        ['Image', BAD.imageInParts],
        ['Image', BAD.imageByFolder],
        ['DeploymentSet', TINY.deploymentSet],
      ],
      [TINY.consumer, TINY.producer, LEAVING_MEMBER, 'fd-nosuchfolder', OTHER_DIRECTORY, TINY.partner],
      { typeOverrides: { DeploymentSet: { resourceType: 'Placement' } } },
    );
    expect(report.outcome).toBe('refused');
    const refused = report.reasons.filter(
      ({ severity, answer }) => severity === 'refuse' && answer === 'fail',
    );
    expect(refused.map(({ code }) => code)).toEqual([
      'resource-not-owned',
      'resource-itself-received',
      'wrong-region',
      'type-not-in-region',
      'id-not-of-type',
      'type-not-offered',
      'snapshot-under-service-key',
      'snapshot-of-imported-image',
      'snapshot-from-marketplace',
      'snapshot-not-accomplished',
      'snapshot-archived',
      'snapshot-accounts-exceeded',
      'image-under-service-key',
      'image-from-marketplace',
      'image-not-available',
      'image-is-public',
      'image-encrypted-in-parts',
      'image-accounts-exceeded',
      'image-shared-other-way',
      'key-role-missing',
      'key-role-distrusts',
      'other-directory',
      'own-account',
      'target-unknown',
      'target-being-removed',
    ]);
    expect(said).toContain('wrong-region fail /resources/2');
    expect(said).toContain('target-being-removed fail /principals/2');
    expect(house.cloud.calls.records.filter(({ action }) => WRITES.test(action))).toEqual([]);
  });

  it('asks the provider for many resources in few calls', async () => {
    await open();
    const { snapshots } = TINY;
    const plain = [snapshots.plain, snapshots.permanent, snapshots.behindImage, snapshots.ofImportedImage];
    const before = house.cloud.calls.records.length;
    await look(
      plain.map((id) => ['Snapshot', id]),
      [TINY.consumer, TINY.partner, TINY.developmentFolder],
    );
    const made = house.cloud.calls.records.slice(before).map(({ action }) => action);
    expect(made.filter((action) => action === 'DescribeSnapshots')).toHaveLength(1);
    expect(made.length).toBeLessThanOrEqual(9);
  });

  it('knows that sharing within the directory is off, and that it matters to members only', async () => {
    await open((world) => void (world.sharingEnabledBy = []));
    const { said } = await look([['Snapshot', TINY.snapshots.plain]], [TINY.partner, TINY.consumer]);
    expect(said.filter((one) => one.startsWith('directory-sharing-off'))).toEqual([
      'directory-sharing-off fail /principals/1',
    ]);
  });

  it('sees the quota of shares, which the installation may have had raised', async () => {
    await open();
    const wish = [['Snapshot', TINY.snapshots.plain]] as [ResourceType, string][];
    const full = await look(wish, [TINY.consumer], { sharesPerAccountMax: 1 });
    expect(full.said).toContain('shares-exceeded fail /principals/0');
    const raised = await look(wish, [TINY.consumer], { sharesPerAccountMax: 2 });
    expect(raised.report.outcome).toBe('clear');
  });

  it.each(['key', 'key-and-value'])(
    'knows a received snapshot by its tag in the form %s',
    async (position) => {
      await open((world) => {
        world.switches['shared-from-tag'] = position;
        addBadThings(world, Date.now());
      });
      const { report } = await look([['Snapshot', BAD.received]], [TINY.consumer]);
      expect(report.reasons.map(({ code }) => code)).toContain('resource-itself-received');
    },
  );

  it.each(['account', 'service', 'empty'])(
    'knows a service key, whoever the provider says made it (%s)',
    async (position) => {
      await open((world) => void (world.switches['service-key-creator'] = position));
      const { report } = await look([['Snapshot', TINY.snapshots.encryptedWithServiceKey]], [TINY.consumer]);
      expect(report.reasons[0]?.code).toBe('snapshot-under-service-key');
    },
  );

  it('takes a role that names the receiver, and leaves open whether one that names the directory counts', async () => {
    const trust = (...trusts: string[]) =>
      open((world) => {
        const role = world.accounts[TINY.producer]?.roles['AliyunECSShareEncryptSnapshotDefaultRole'];
        if (role !== undefined) role.trusts = trusts;
      });
    const answer = async () => {
      const { report } = await look([['Snapshot', TINY.snapshots.encryptedWithCmk]], [TINY.consumer]);
      await house.close();
      return report.reasons.find(({ code }) => code === 'key-role-distrusts')?.answer;
    };
    await trust(`${TINY.consumer}@ecs.aliyuncs.com`);
    expect(await answer()).toBe(undefined);
    await trust(`${TINY.directory}@ecs.aliyuncs.com`);
    expect(await answer()).toBe('unknown');
    await trust(`${TINY.partner}@ecs.aliyuncs.com`);
    expect(await answer()).toBe('fail');
    await open();
  });
});

describe('what could not be read', () => {
  it('is unknown, with why, and leaves the rest known', async () => {
    await open();
    house.cloud.faults.add({
      action: 'DescribeSnapshots',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    const { report, said } = await look(
      [
        ['Snapshot', TINY.snapshots.plain],
        ['VSwitch', 'vsw-bp1nobodyhasthis1'],
      ],
      [TINY.consumer],
    );
    expect(said).toContain('snapshot-archived unknown /resources/0');
    expect(said).toContain('resource-not-owned fail /resources/1');
    const reason = report.reasons.find(({ code }) => code === 'snapshot-archived');
    expect(reason?.subjects[0]?.detail).toMatch(/^Forbidden\.RAM: /);
    expect(reason?.blocks).toBe(false);
  });

  it('blocks where the policy says so', async () => {
    await open();
    house.cloud.faults.add({
      action: 'DescribeSnapshots',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    const wish = [['Snapshot', TINY.snapshots.plain]] as [ResourceType, string][];
    const [lenient, strict] = [
      await look(wish, [TINY.consumer]),
      await look(wish, [TINY.consumer], { unknownBlocks: true }),
    ];
    expect([lenient.report.outcome, strict.report.outcome]).toEqual(['clear', 'refused']);
  });

  it('does not block where nobody can find it out: the site of a partner', async () => {
    await open();
    const { report, said } = await look([['Snapshot', TINY.snapshots.plain]], [TINY.otherPartner], {
      unknownBlocks: true,
    });
    expect(said).toContain('other-site unknown /principals/0');
    expect(report.outcome).toBe('clear');
  });
});
