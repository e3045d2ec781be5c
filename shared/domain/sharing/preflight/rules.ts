import { alreadyGranted } from './already-granted';
import { directorySharingOff } from './directory-sharing-off';
import { idNotOfType } from './id-not-of-type';
import { imageAccountsExceeded } from './image-accounts-exceeded';
import { imageEncryptedInParts } from './image-encrypted-in-parts';
import { imageFromMarketplace } from './image-from-marketplace';
import { imageIsPublic } from './image-is-public';
import { imageNotAvailable } from './image-not-available';
import { imageSharedOtherWay } from './image-shared-other-way';
import { imageUnderServiceKey } from './image-under-service-key';
import { keyNotEnabled } from './key-not-enabled';
import { keyRoleDistrusts } from './key-role-distrusts';
import { keyRoleMissing } from './key-role-missing';
import { otherDirectory } from './other-directory';
import { otherSite } from './other-site';
import { outsideNotAllowed } from './outside-not-allowed';
import { ownAccount } from './own-account';
import { permanentBecomes1096Days } from './permanent-becomes-1096-days';
import { receiverCannotMakeImage } from './receiver-cannot-make-image';
import { receiverCannotResetDisks } from './receiver-cannot-reset-disks';
import { receiverCannotRollBack } from './receiver-cannot-roll-back';
import { receiverCannotShareOn } from './receiver-cannot-share-on';
import { receiverInstancesHoldIt } from './receiver-instances-hold-it';
import { receiverMustChangeKey } from './receiver-must-change-key';
import { receiverNeedsEssd } from './receiver-needs-essd';
import { resourceItselfReceived } from './resource-itself-received';
import { resourceNotOwned } from './resource-not-owned';
import { sharedResourcesExceeded } from './shared-resources-exceeded';
import { sharedSnapshotsExceeded } from './shared-snapshots-exceeded';
import { sharesExceeded } from './shares-exceeded';
import { snapshotAccountsExceeded } from './snapshot-accounts-exceeded';
import { snapshotArchived } from './snapshot-archived';
import { snapshotFromMarketplace } from './snapshot-from-marketplace';
import { snapshotKeptAndBilled } from './snapshot-kept-and-billed';
import { snapshotNotAccomplished } from './snapshot-not-accomplished';
import { snapshotOfImportedImage } from './snapshot-of-imported-image';
import { snapshotRetentionOver } from './snapshot-retention-over';
import { snapshotUnderServiceKey } from './snapshot-under-service-key';
import { targetBeingRemoved } from './target-being-removed';
import { targetUnknown } from './target-unknown';
import { typeNotForOutside } from './type-not-for-outside';
import { typeNotInRegion } from './type-not-in-region';
import { typeNotOffered } from './type-not-offered';
import { wrongRegion } from './wrong-region';
import type { Rule } from './rule';

/** Every rule: those that refuse, those that warn, those that inform. A new rule is a file and a line here. */
export const RULES: readonly Rule[] = [
  resourceNotOwned,
  resourceItselfReceived,
  wrongRegion,
  typeNotInRegion,
  idNotOfType,
  typeNotOffered,
  snapshotUnderServiceKey,
  snapshotOfImportedImage,
  snapshotFromMarketplace,
  snapshotNotAccomplished,
  snapshotArchived,
  snapshotAccountsExceeded,
  sharedSnapshotsExceeded,
  imageUnderServiceKey,
  imageFromMarketplace,
  imageNotAvailable,
  imageIsPublic,
  imageEncryptedInParts,
  imageAccountsExceeded,
  imageSharedOtherWay,
  keyRoleMissing,
  keyRoleDistrusts,
  sharesExceeded,
  sharedResourcesExceeded,
  directorySharingOff,
  outsideNotAllowed,
  typeNotForOutside,
  otherDirectory,
  otherSite,
  ownAccount,
  targetUnknown,
  targetBeingRemoved,
  keyNotEnabled,
  snapshotRetentionOver,
  alreadyGranted,
  permanentBecomes1096Days,
  snapshotKeptAndBilled,
  receiverCannotRollBack,
  receiverCannotMakeImage,
  receiverNeedsEssd,
  receiverMustChangeKey,
  receiverCannotShareOn,
  receiverCannotResetDisks,
  receiverInstancesHoldIt,
];
