import type { World } from './world';

/**
 * What Alibaba's documents leave open, each with the answers it may have. The first is the default.
 * Code that is right only in one position of a switch is wrong.
 */
export const SWITCHES = {
  /** Associating what is associated already: an error, or quietly accepted. */
  'associate-again': ['accepted', 'refused'],
  /** What a principal's association becomes when the invitation was rejected or has expired. */
  'unanswered-association': ['Failed', 'Disassociated', 'Associating'],
  /** Whether the owner's own share reads Pending while an invitation waits. */
  'owner-sees-pending': ['no', 'yes'],
  /** EntityType of a folder or of the whole directory as a principal. */
  'group-entity-type': ['Account', 'own'],
  /** The resource type and permission under which deployment sets are shared. */
  'deployment-set-type': ['DeploymentSet', 'EcsDeploymentSet'],
  /** How a deployment set that still holds a receiver's instances refuses to be unshared. */
  'occupied-deployment-set': ['association-stays', 'refused'],
  /** The tag on a received snapshot: all in the key, or key and value. */
  'shared-from-tag': ['key', 'key-and-value'],
  /** RetentionDays of a snapshot that is kept for ever. */
  'permanent-retention': ['absent', 'zero', 'minus-one'],
  /** Whether ListAccounts lists the management account too. */
  'list-management-account': ['no', 'yes'],
  /** NextToken on the last page. */
  'last-page-token': ['absent', 'empty'],
  /** AllowExternalTargets from true to false while outside principals are there. */
  'close-scope-with-external': ['refused', 'accepted-kept', 'accepted-removed'],
  /** A member listed by account id leaves the directory while AllowExternalTargets is false. */
  'listed-member-leaves': ['removed', 'kept'],
  /** Whether a principal that is associated a second time leaves its earlier, ended association in the list. */
  'association-history': ['kept', 'replaced'],
  /** After an invitation was rejected or has expired: associate alone invites again, or the old association must go first. */
  're-invite': ['associate', 'disassociate-first'],
  /** Whether the owner may take a principal out while its invitation still waits. */
  'withdraw-invitation': ['accepted', 'refused'],
  /** A snapshot or image that may not be shared: the call is refused, or its association fails later. */
  'unshareable-resource': ['association-fails', 'refused'],
  /** A resource that is not the caller's, or is not there. */
  'resource-not-owned': ['refused', 'association-fails'],
  /** Whether images may go to accounts outside the directory through Resource Sharing. */
  'image-outside-directory': ['refused', 'accepted'],
  /** Whether a folder or directory counts as its members, or once, towards the accounts of a snapshot. */
  'group-counts-as': ['members', 'one'],
  /** Whether an account in no directory may share with a member of one. */
  'standalone-to-member': ['accepted', 'refused'],
  /** An invited account joins the owner's directory while its invitation waits. */
  'invited-account-joins': ['waits', 'accepted'],
  /** Whether ListSharedResources tells the owner of resources in a share that nobody has. */
  'shared-resource-without-target': ['listed', 'absent'],
  /** Whether an account that leaves a share must name itself in Targets. */
  'leave-without-target': ['accepted', 'refused'],
  /** Taking out what is being taken out already: quietly accepted, or not associated any more. */
  'disassociate-again': ['accepted', 'refused'],
  /** Creator of the region's service key: the account that it is in, the service, or nobody. */
  'service-key-creator': ['account', 'service', 'empty'],
  /** How the role that lets receivers use a key trusts a folder or the whole directory at once. */
  'directory-key-trust': ['each-account', 'directory-id', 'service'],
  /** Copying within one region in order to change the key, where a plain copy is refused. */
  'copy-encrypted-in-region': ['accepted', 'refused'],
  /** Sharing what is under a customer master key while the role that opens the key to receivers is missing. */
  'share-without-key-role': ['unshareable', 'accepted'],
  /** Which types take ResourceArns only: none of those here, or those that came with the permission library last. */
  'arn-only-types': ['none', 'newer'],
  /** Whether types of which no document tells it may go to accounts outside the directory. */
  'other-types-outside-directory': ['accepted', 'refused'],
  /** Whether DescribeImageSharePermission also lists accounts that use the image through a resource share. */
  'image-accounts-through-shares': ['left-out', 'listed'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type SwitchName = keyof typeof SWITCHES;

/** The position of a switch in a world: the one it was put in, or the default. @throws RangeError for a name that is none. */
export function positionOf(name: string, world: World): string {
  if (!isSwitch(name))
    throw new RangeError(`There is no switch ${name}. Switches: ${Object.keys(SWITCHES).join(', ')}`);
  return world.switches[name] ?? SWITCHES[name][0];
}

/** Puts a switch in a position. @throws RangeError for a switch or position that does not exist. */
export function putSwitch(name: string, position: string, world: World): void {
  const positions: readonly string[] = isSwitch(name) ? SWITCHES[name] : [];
  if (!positions.includes(position)) {
    throw new RangeError(
      `Switch ${name} has no position ${position}; it has: ${positions.join(', ') || 'none'}`,
    );
  }
  world.switches[name] = position;
}

function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(SWITCHES, name);
}
