import type { DeploymentSet, Image, Key, Region, Snapshot, VSwitch } from '../cloud/world';

const GIB = 1_073_741_824;

export function emptyRegion(): Region {
  return {
    snapshots: {},
    images: {},
    deploymentSets: {},
    vSwitches: {},
    disks: {},
    instances: {},
    otherResources: {},
    keys: {},
  };
}

type SnapshotFacts = Pick<Snapshot, 'snapshotId' | 'ownerId' | 'creationMs'> & Partial<Snapshot>;

/** A finished, plain snapshot of a 40 GiB system disk with a quarter of it in use, except for the facts given. */
export function snapshot(facts: SnapshotFacts): Snapshot {
  const tail = facts.snapshotId.slice(2);
  return {
    snapshotName: `snapshot-${tail}`,
    retentionDays: null,
    status: 'accomplished',
    category: 'standard',
    encrypted: false,
    kmsKeyId: '',
    sourceDiskId: `d-${tail}`,
    sourceDiskSizeGiB: 40,
    sourceDiskType: 'system',
    fullSizeBytes: 10 * GIB,
    incrementBytes: 10 * GIB,
    snapshotLinkId: `sl-${tail}`,
    ofImportedImage: false,
    productCode: '',
    locked: false,
    tags: {},
    ...facts,
  };
}

type ImageFacts = Pick<Image, 'imageId' | 'ownerId' | 'creationMs'> & Partial<Image>;

/** An available, plain Linux image that nobody else uses, except for the facts given. */
export function image(facts: ImageFacts): Image {
  return {
    imageName: `image-${facts.imageId.slice(2)}`,
    status: 'Available',
    sizeGiB: 40,
    osType: 'linux',
    productCode: '',
    encrypted: false,
    kmsKeyId: '',
    snapshotIds: [],
    imported: false,
    isPublic: false,
    sharedWith: {},
    tags: {},
    ...facts,
  };
}

type DeploymentSetFacts = Pick<DeploymentSet, 'deploymentSetId' | 'ownerId' | 'creationMs' | 'zoneId'> &
  Partial<DeploymentSet>;

/** An empty deployment set with the documented 20 places in its zone, except for the facts given. */
export function deploymentSet(facts: DeploymentSetFacts): DeploymentSet {
  return {
    deploymentSetName: `set-${facts.deploymentSetId.slice(3)}`,
    strategy: 'Availability',
    capacity: 20,
    instances: [],
    ...facts,
  };
}

type VSwitchFacts = Pick<VSwitch, 'vSwitchId' | 'ownerId' | 'creationMs' | 'zoneId'> & Partial<VSwitch>;

export function vSwitch(facts: VSwitchFacts): VSwitch {
  const tail = facts.vSwitchId.slice(4);
  return { vSwitchName: `vswitch-${tail}`, vpcId: `vpc-${tail}`, cidrBlock: '10.0.0.0/24', ...facts };
}

type KeyFacts = Pick<Key, 'keyId' | 'ownerId' | 'creationMs'> & Partial<Key>;

/** An enabled customer master key without an alias, except for the facts given. */
export function key(facts: KeyFacts): Key {
  return { aliases: [], state: 'Enabled', ...facts };
}
