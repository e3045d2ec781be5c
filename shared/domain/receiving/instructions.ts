import { factsOf, RESOURCE_TYPES, type ResourceType } from '../sharing/resource-types';

/** What a receiver has to do, may do and may not, in words for people who never saw Resource Sharing. */
export interface Instructions {
  resourceType: ResourceType;
  /** From being told of it to using it, in order. */
  steps: string[];
  limits: Limit[];
  /** What becomes of things when the owner ends the sharing. */
  whenItEnds: string[];
  /** The provider's own page. */
  source: string;
}

/** Something that a receiver runs into; the code is stable. */
export interface Limit {
  code: string;
  sentence: string;
}

const HELP = 'https://www.alibabacloud.com/help/en';
const SHARE_A_SNAPSHOT = `${HELP}/ecs/user-guide/share-a-snapshot`;
const SHARE_A_CUSTOM_IMAGE = `${HELP}/ecs/user-guide/share-a-custom-image`;
const SHARE_A_DEPLOYMENT_SET = `${HELP}/ecs/user-guide/shared-deployment-sets`;
const SHARE_WITH_AN_ACCOUNT = `${HELP}/resource-management/resource-sharing/getting-started/share-resources-with-an-account`;

const ANSWER_THE_INVITATION =
  "Accounts in the owner's resource directory have access at once. Every other account gets an invitation: accept it in the Resource Sharing console, in the region of the resource, within 7 days. What is added to an accepted share later needs no further invitation.";
const NO_RE_SHARE: Limit = {
  code: 'no-re-share',
  sentence: 'You cannot share it on. Whoever else needs it has to ask its owner.',
};
const CHANGE_THE_KEY =
  "If it is encrypted, encrypt what you make of it with a key of your own account, or with your service key by naming none; the owner's key cannot be used on.";
const ESSD_ONLY: Limit = {
  code: 'encrypted-essd-only',
  sentence:
    'If it is encrypted, only disks of the categories cloud_essd, cloud_auto and cloud_essd_entry can be made of it.',
};
const KEY_MUST_CHANGE: Limit = { code: 'key-must-change', sentence: CHANGE_THE_KEY };
const SAME_SITE: Limit = {
  code: 'same-site',
  sentence: 'Accounts of the China site and of the international site cannot share with each other.',
};

/** Sources: the help pages that each entry names. */
const OWN_WORDS: { [Type in ResourceType]?: Omit<Instructions, 'resourceType'> } = {
  Snapshot: {
    steps: [
      ANSWER_THE_INVITATION,
      'Find it under Snapshots in its region. It has another id than at its owner; its tag acs:ecs:sharedFrom names the owner, the region and the id there.',
      'Make a disk of it in a zone of the same region, or copy it to another region: a copy is your own and stays.',
      CHANGE_THE_KEY,
    ],
    limits: [
      { code: 'no-rollback', sentence: 'No disk can be rolled back to it. Make a new disk of it instead.' },
      { code: 'no-image', sentence: 'No image can be made of it. Ask the owner to share an image.' },
      NO_RE_SHARE,
      ESSD_ONLY,
      KEY_MUST_CHANGE,
      {
        code: 'permanent-is-1096-days',
        sentence:
          'A snapshot that its owner keeps for ever shows here with a retention of 1,096 days, and any other with that of its owner. It cannot be extended from here.',
      },
      {
        code: 'disk-at-least-as-large',
        sentence: "A disk has at least the size of the snapshot's own disk.",
      },
      SAME_SITE,
    ],
    whenItEnds: [
      'The snapshot is no longer shown to you. Copies and disks that you made stay.',
      'A disk that you made of it can no longer be initialised again.',
    ],
    source: SHARE_A_SNAPSHOT,
  },
  Image: {
    steps: [
      'An image that was shared with your account alone is there without an invitation, under Images, Shared Images. For an image in a resource share: ' +
        ANSWER_THE_INVITATION,
      'Run an instance from it, in the region in which it is shared.',
      CHANGE_THE_KEY,
    ],
    limits: [
      NO_RE_SHARE,
      {
        code: 'same-region-only',
        sentence:
          'It cannot be copied to another region. Make an image of your own from an instance, and copy that.',
      },
      ESSD_ONLY,
      KEY_MUST_CHANGE,
      {
        code: 'marketplace-subscription',
        sentence:
          'If it is built on a Marketplace image, your account has to subscribe to that product itself.',
      },
      SAME_SITE,
    ],
    whenItEnds: [
      'The image is no longer shown to you. Instances that run from it go on.',
      'Their system disks can no longer be initialised again.',
    ],
    source: SHARE_A_CUSTOM_IMAGE,
  },
  DeploymentSet: {
    steps: [
      ANSWER_THE_INVITATION,
      'Run instances in it by naming its id, in its region; it has the same id as at its owner.',
    ],
    limits: [
      {
        code: 'common-quota',
        sentence:
          'How many instances fit into it is counted over the owner and all receivers together: it can be full without an instance of yours.',
      },
      {
        code: 'own-instances-only',
        sentence: 'You see your own instances in it, and neither those of its owner nor of other receivers.',
      },
      { code: 'no-change', sentence: 'Only its owner can change or delete it.' },
      NO_RE_SHARE,
    ],
    whenItEnds: [
      'It cannot be taken back while an instance of yours is in it: move your instances out of it, or release them, when the owner asks.',
    ],
    source: SHARE_A_DEPLOYMENT_SET,
  },
  VSwitch: {
    steps: [
      ANSWER_THE_INVITATION,
      'Find it under vSwitches in its region; it has the same id as at its owner.',
      "Make a security group of your own in the vSwitch's VPC, and run instances on the vSwitch with it.",
    ],
    limits: [
      { code: 'no-change', sentence: 'Only its owner can change or delete it, its VPC and its routes.' },
      { code: 'common-addresses', sentence: 'Its addresses are shared by everybody who uses it.' },
      NO_RE_SHARE,
    ],
    whenItEnds: ['Nothing new can be made on it.'],
    source: SHARE_WITH_AN_ACCOUNT,
  },
};

/** The instructions for one type; of a type without words of its own, what holds for all. */
export function instructionsFor(resourceType: ResourceType): Instructions {
  const own = OWN_WORDS[resourceType];
  if (own !== undefined) return { resourceType, ...own };
  const { noun } = factsOf(resourceType);
  return {
    resourceType,
    steps: [
      ANSWER_THE_INVITATION,
      `Use the ${noun} under the id that it has at its owner, in the region of the share.`,
    ],
    limits: [
      {
        code: 'no-change',
        sentence: `What you may do with the ${noun} is up to the permission of the share.`,
      },
      NO_RE_SHARE,
    ],
    whenItEnds: [`The ${noun} is no longer shown to you.`],
    source: SHARE_WITH_AN_ACCOUNT,
  };
}

export function isResourceType(text: string): text is ResourceType {
  return RESOURCE_TYPES.some((type) => type === text);
}
