import type { ReceiverPlace } from './receiver-place';
import type { SeenDeploymentSet, SeenImage, SeenVSwitch } from './seen';
import {
  changedKeyProblems,
  keyProblems,
  problem,
  type DiskCategory,
  type UseProblem,
  type WantedEncryption,
} from './use-problem';

/** One instance that shall be run from, in or on something received. */
export interface InstanceWish {
  imageId: string;
  instanceType: string;
  vSwitchId: string;
  securityGroupId: string;
  /** null = in none. */
  deploymentSetId: string | null;
  instanceName: string;
  systemDisk: SystemDiskWish;
}

export interface SystemDiskWish extends WantedEncryption {
  category: DiskCategory;
  /** null = as large as the image. */
  sizeGiB: number | null;
}

/** What the account sees of what the wish names; null = it sees nothing under that id. */
export interface InstanceFacts {
  image: SeenImage | null;
  /** Also null when the wish names none. */
  deploymentSet: SeenDeploymentSet | null;
  vSwitch: SeenVSwitch | null;
}

/** Every reason why the instance cannot be run, at once; those that only the provider knows come from it. */
export function instanceProblems(
  wish: InstanceWish,
  place: ReceiverPlace,
  facts: InstanceFacts,
): UseProblem[] {
  return [
    ...receivedProblems(wish, place, facts),
    ...imageProblems(wish, facts.image),
    ...keyProblems(wish.systemDisk, '/systemDisk'),
    ...deploymentSetProblems(wish, facts),
    ...vSwitchProblems(wish, facts.vSwitch),
  ];
}

/** Instances of nothing but one's own are not made here. */
function receivedProblems(
  wish: InstanceWish,
  { accountId }: ReceiverPlace,
  { image, deploymentSet, vSwitch }: InstanceFacts,
): UseProblem[] {
  const isUnknown =
    image === null || vSwitch === null || (wish.deploymentSetId !== null && deploymentSet === null);
  const isReceived = [image, deploymentSet, vSwitch].some(
    (one) => one !== null && one.ownerAccountId !== accountId,
  );
  if (isUnknown || isReceived) return [];
  return [problem('', 'not-received', "Image, deployment set and vSwitch are all the account's own.")];
}

function imageProblems({ imageId, systemDisk }: InstanceWish, image: SeenImage | null): UseProblem[] {
  const at = '/imageId';
  if (image === null) return [notVisible(at, 'image', imageId)];
  const problems: UseProblem[] = [];
  if (image.status !== 'Available') {
    problems.push(problem(at, 'not-ready', `The image is ${image.status}, and has to be Available.`));
  }
  if (image.received && image.productCode !== '') {
    problems.push(
      problem(
        at,
        'from-marketplace',
        'The image is from the Marketplace: this account has to subscribe to it itself.',
      ),
    );
  }
  if (systemDisk.sizeGiB !== null && systemDisk.sizeGiB < image.sizeGiB) {
    problems.push(
      problem(
        '/systemDisk/sizeGiB',
        'size-too-small',
        `The disk must have at least the ${image.sizeGiB} GiB of the image.`,
      ),
    );
  }
  if (image.received && image.encrypted)
    problems.push(...changedKeyProblems(systemDisk, { noun: 'image', kmsKeyId: '' }, '/systemDisk'));
  return problems;
}

function deploymentSetProblems(
  { deploymentSetId }: InstanceWish,
  { deploymentSet, vSwitch }: InstanceFacts,
): UseProblem[] {
  const at = '/deploymentSetId';
  if (deploymentSetId === null) return [];
  if (deploymentSet === null) return [notVisible(at, 'deployment set', deploymentSetId)];
  const room = deploymentSet.room.find(({ zoneId }) => zoneId === vSwitch?.zoneId);
  // A zone in which nobody placed anything yet is not listed, and has room.
  if (room === undefined || room.available > 0) return [];
  return [
    problem(
      at,
      'deployment-set-full',
      `No further instance fits into the deployment set in ${room.zoneId}. Its quota is common to the owner and all receivers.`,
    ),
  ];
}

function vSwitchProblems({ vSwitchId }: InstanceWish, vSwitch: SeenVSwitch | null): UseProblem[] {
  const at = '/vSwitchId';
  if (vSwitch === null) return [notVisible(at, 'vSwitch', vSwitchId)];
  if (vSwitch.addressesLeft !== 0) return [];
  return [problem(at, 'no-address-left', 'The vSwitch has no address left.')];
}

function notVisible(pointer: string, noun: string, id: string): UseProblem {
  return problem(pointer, 'not-visible', `The account sees no ${noun} ${id} in this region.`);
}
