import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsReader } from '../../shared/alicloud/facts-reader';
import { directoryReader } from '../../shared/alicloud/directory-reader';
import { sharingProvider } from '../../shared/alicloud/sharing-provider';
import { snapshotReader } from '../../shared/alicloud/snapshot-reader';
import type { ProviderCall } from '../../shared/domain/sharing/provider-call';
import { hasDescriptions } from '../kit/openapi';
import { PLACE, startTiny, TINY, type TinyCloud } from '../shared/alicloud/tiny-cloud';
import { recordProblems } from './recorded-calls';

/** Every call that sharekeeper makes to the provider from this process. */
const ACTIONS = [
  'AssociateResourceShare',
  'AssumeRole',
  'CheckSharingWithResourceDirectoryStatus',
  'CreateResourceShare',
  'DeleteResourceShare',
  'DescribeDeploymentSets',
  'DescribeImageSharePermission',
  'DescribeImages',
  'DescribeKey',
  'DescribeSnapshotLinks',
  'DescribeSnapshots',
  'DescribeVSwitches',
  'DisassociateResourceShare',
  'GetResourceDirectory',
  'GetRole',
  'ListAccounts',
  'ListAliasesByKeyId',
  'ListFoldersForParent',
  'ListPermissions',
  'ListResourceShareAssociations',
  'ListResourceShares',
  'ListSharedResources',
  'ModifyImageSharePermission',
  'UpdateResourceShare',
];

const snapshotOf = (resourceId: string) => ({ resourceType: 'Snapshot' as const, resourceId });

describe.runIf(hasDescriptions)('what sharekeeper sends to the provider', () => {
  let tiny: TinyCloud;

  beforeAll(async () => {
    tiny = await startTiny();
    const client = tiny.client();
    await directoryReader(client).read();
    const snapshots = snapshotReader(client);
    await snapshots.sharedSnapshotIds(PLACE);
    for await (const page of snapshots.snapshots(PLACE)) {
      await snapshots.chains(PLACE, [...new Set(page.map(({ sourceDiskId }) => sourceDiskId))]);
    }
    await readEveryFact(tiny);
    await applyEveryCall(tiny);
  }, 20_000);

  afterAll(() => tiny.cloud.close());

  test('is every call that it has', () => {
    expect([...new Set(tiny.cloud.calls.records.map(({ action }) => action))].toSorted()).toEqual(ACTIONS);
  });

  test('was taken by the local cloud, each call', () => {
    const refused = tiny.cloud.calls.records.filter(({ code }) => code !== 'OK');
    expect(refused.map(({ action, code }) => `${action}: ${code}`)).toEqual([]);
  });

  test('is as Alibaba describes it: names, types, what is required, and limits', () => {
    expect(recordProblems(tiny.cloud.calls.records)).toEqual([]);
  });
});

async function readEveryFact({ client }: TinyCloud): Promise<void> {
  const facts = factsReader(client());
  const { snapshots, images } = TINY;
  await facts.items(PLACE, 'Snapshot', [snapshots.plain, snapshots.behindImage]);
  await facts.items(PLACE, 'Image', [images.plain, images.encryptedWithCmk]);
  await facts.items(PLACE, 'DeploymentSet', [TINY.deploymentSet]);
  await facts.items(PLACE, 'VSwitch', [TINY.vSwitch]);
  await facts.key(PLACE, TINY.cmk);
  await facts.keyRole(PLACE.ownerAccountId, 'AliyunECSShareEncryptSnapshotDefaultRole');
  await facts.imageAccounts(PLACE, images.plain);
  await facts.offeredTypes(PLACE);
  await facts.directorySharing();
}

async function applyEveryCall({ client, clock }: TinyCloud): Promise<void> {
  const provider = sharingProvider(client());
  const apply = async (call: ProviderCall): Promise<string> => {
    const outcome = await provider.apply(PLACE, call);
    if (outcome.is !== 'done') throw new Error(`${call.call}: ${JSON.stringify(outcome)}`);
    clock.wind(5_000);
    return outcome.resourceShareId ?? '';
  };
  const resourceShareId = await apply({
    call: 'CreateResourceShare',
    resourceShareName: 'ours',
    allowExternalTargets: false,
    resources: [snapshotOf(TINY.snapshots.plain)],
    targets: [TINY.consumer, TINY.developmentFolder, TINY.directory],
  });
  const more = {
    resourceShareId,
    resources: [snapshotOf(TINY.snapshots.permanent)],
    targets: [TINY.productionFolder],
  };
  await apply({ call: 'AssociateResourceShare', ...more });
  await apply({
    call: 'UpdateResourceShare',
    resourceShareId,
    resourceShareName: 'renamed',
    allowExternalTargets: true,
  });
  await provider.observe(PLACE, [TINY.images.plain]);
  await apply({ call: 'DisassociateResourceShare', ...more });
  await apply({ call: 'DeleteResourceShare', resourceShareId });
  const image = { call: 'ModifyImageSharePermission' as const, imageId: TINY.images.plain };
  await apply({ ...image, addAccounts: [TINY.partner], removeAccounts: [] });
  await apply({ ...image, addAccounts: [], removeAccounts: [TINY.partner] });
}
