import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsReader } from '../../shared/alicloud/facts-reader';
import { receivingProvider } from '../../shared/alicloud/receiving-provider';
import { sharingProvider } from '../../shared/alicloud/sharing-provider';
import type { ReceiverCall } from '../../shared/domain/receiving/receiver-write';
import type { ResourceRef } from '../../shared/domain/sharing/resource';
import { hasDescriptions } from '../kit/openapi';
import { PLACE, startTiny, TINY, type TinyCloud } from '../shared/alicloud/tiny-cloud';
import { recordProblems } from './recorded-calls';

/** What is called before anybody is asked to agree, and by those who receive. */
const ACTIONS = [
  'AcceptResourceShareInvitation',
  'AssumeRole',
  'CheckSharingWithResourceDirectoryStatus',
  'CopySnapshot',
  'CreateDisk',
  'CreateResourceShare',
  'DescribeDeploymentSets',
  'DescribeImageSharePermission',
  'DescribeImages',
  'DescribeKey',
  'DescribeSnapshots',
  'DescribeVSwitches',
  'GetRole',
  'ListAliasesByKeyId',
  'ListPermissions',
  'ListResourceShareAssociations',
  'ListResourceShareInvitations',
  'ListResourceShares',
  'ListSharedResources',
  'ModifyImageSharePermission',
  'RunInstances',
];

const RECEIVER = { accountId: TINY.consumer, regionId: TINY.regionId };

describe.runIf(hasDescriptions)('what sharekeeper sends before it shares, and for receivers', () => {
  let tiny: TinyCloud;

  beforeAll(async () => {
    tiny = await startTiny();
    await readFacts(tiny);
    await share(tiny);
    await receive(tiny);
  }, 20_000);

  afterAll(() => tiny.cloud.close());

  test('is all of this', () => {
    const called = new Set(tiny.cloud.calls.records.map(({ action }) => action));
    expect(ACTIONS.filter((action) => !called.has(action))).toEqual([]);
  });

  test('was taken by the local cloud, each call', () => {
    const refused = tiny.cloud.calls.records.filter(({ code }) => code !== 'OK');
    expect(refused.map(({ action, code }) => `${action}: ${code}`)).toEqual([]);
  });

  test('is as Alibaba describes it: names, types, what is required, and limits', () => {
    expect(recordProblems(tiny.cloud.calls.records)).toEqual([]);
  });
});

async function readFacts({ client }: TinyCloud): Promise<void> {
  const facts = factsReader(client());
  await facts.items(PLACE, 'Snapshot', Object.values(TINY.snapshots));
  await facts.items(PLACE, 'Image', Object.values(TINY.images));
  await facts.items(PLACE, 'DeploymentSet', [TINY.deploymentSet]);
  await facts.items(PLACE, 'VSwitch', [TINY.vSwitch]);
  for (const keyId of [TINY.serviceKey, TINY.cmk]) await facts.key(PLACE, keyId);
  await facts.keyRole(TINY.producer, 'AliyunECSShareEncryptSnapshotDefaultRole');
  await facts.shares(PLACE);
  await facts.imageAccounts(PLACE, TINY.images.plain);
  await facts.directorySharing();
  await facts.offeredTypes(PLACE);
}

async function share({ client, clock }: TinyCloud): Promise<void> {
  const ref = (resourceType: ResourceRef['resourceType'], resourceId: string) => ({
    resourceType,
    resourceId,
  });
  const outcomes = [
    await sharingProvider(client()).apply(PLACE, {
      call: 'CreateResourceShare',
      resourceShareName: 'ours',
      allowExternalTargets: true,
      resources: [
        ref('Snapshot', TINY.snapshots.encryptedWithCmk),
        ref('DeploymentSet', TINY.deploymentSet),
        ref('VSwitch', TINY.vSwitch),
      ],
      targets: [TINY.consumer, TINY.partner],
    }),
    await sharingProvider(client()).apply(PLACE, {
      call: 'ModifyImageSharePermission',
      imageId: TINY.images.plain,
      addAccounts: [TINY.consumer],
      removeAccounts: [],
    }),
  ];
  expect(outcomes).toMatchObject([{ is: 'done' }, { is: 'done' }]);
  clock.wind(5_000);
}

async function receive({ client, clientOf }: TinyCloud): Promise<void> {
  const partner = receivingProvider(clientOf(TINY.partner));
  const atPartner = { accountId: TINY.partner, regionId: TINY.regionId };
  const invited = (await partner.invitations(atPartner)).find(({ status }) => status === 'Pending');
  const { invitationId = '', resourceShareId = '', senderAccountId = '' } = invited ?? {};
  const answer = { invitationId, resourceShareId, senderAccountId };
  const accepted = await partner.make(atPartner, { call: 'AcceptResourceShareInvitation', ...answer }, 't0');
  expect(accepted).toMatchObject({ is: 'done' });

  const receiving = receivingProvider(client());
  const { seen } = await receiving.received(RECEIVER);
  const snapshotId = seen.find((one) => one.kind === 'Snapshot')?.snapshotId ?? '';
  const encryption = { encrypted: true, kmsKeyId: null };
  const calls: ReceiverCall[] = [
    {
      call: 'CreateDisk',
      snapshotId,
      zoneId: `${TINY.regionId}-h`,
      category: 'cloud_essd',
      sizeGiB: null,
      diskName: 'from-shared',
      ...encryption,
    },
    {
      call: 'CopySnapshot',
      snapshotId,
      destinationRegionId: TINY.regionId,
      snapshotName: 'copied',
      retentionDays: 30,
      ...encryption,
    },
    {
      call: 'RunInstances',
      imageId: TINY.images.plain,
      instanceType: 'ecs.g7.large',
      vSwitchId: TINY.vSwitch,
      securityGroupId: 'sg-1',
      deploymentSetId: TINY.deploymentSet,
      instanceName: 'in-shared-set',
      systemDisk: { category: 'cloud_essd', sizeGiB: 60, ...encryption },
    },
  ];
  for (const call of calls) {
    expect(await receiving.make(RECEIVER, call, `token-of-${call.call}`)).toMatchObject({ is: 'done' });
    await receiving.find(RECEIVER, call, `token-of-${call.call}`);
  }
}
