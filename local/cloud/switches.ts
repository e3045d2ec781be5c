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
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type SwitchName = keyof typeof SWITCHES;
