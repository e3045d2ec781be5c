import { isServiceKey } from '../kms/keys';
import { hasShareRole, shareRoleName } from '../kms/share-roles';
import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, textOf, textsOf } from '../read-parameters';
import type { Image } from '../world';
import { ownImage } from './describe-image-share-permission';
import { refuseDryRun } from './filters';

/** More accounts in one call are ignored without a word (ModifyImageSharePermission). */
const MAX_ACCOUNTS_PER_CALL = 10;

/**
 * Lets accounts use one of the caller's images, or no longer. Nothing has to be accepted. Codes are spelled as the
 * provider spells them.
 *
 * @throws ProviderRefusal 404 InvalidImageId.NotFound, InvalidAccount.NotFound, InvalidAccount.Forbbiden;
 *   403 InvalidImageId.BidMismatch, QuotaExceed.ShareImageUser, AssumeRoleError, OperationDeined.EncryptedSnapshot,
 *   OperationDeined.FullImage, OperationDenied.InvalidImageStatus, Image.Public, PublicImageAgreement.NotSigned.
 */
export const modifyImageSharePermission: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    ImageId: { type: 'string', required: true },
    AddAccount: { type: 'list' },
    RemoveAccount: { type: 'list' },
    IsPublic: { type: 'boolean' },
    LaunchPermission: { type: 'string' },
    DryRun: { type: 'boolean' },
  },
  ratePerSecond: 16,
  run(call) {
    const image = ownImage(call);
    const added = textsOf(call, 'AddAccount').slice(0, MAX_ACCOUNTS_PER_CALL);
    const removed = textsOf(call, 'RemoveAccount').slice(0, MAX_ACCOUNTS_PER_CALL);
    checkCombination(call, image, added.length + removed.length > 0);
    for (const accountId of [...added, ...removed]) checkAccount(accountId, call);
    if (added.length > 0) {
      checkReceivers(added, call);
      checkEncryption(image, call);
    }
    const after = [...Object.keys(image.sharedWith), ...added].filter(
      (accountId) => !removed.includes(accountId),
    );
    if (added.length > 0) checkQuota(new Set(after).size, call);
    refuseDryRun(call);
    apply(image, added, removed, call.nowMs);
    return {};
  },
};

function apply(image: Image, added: readonly string[], removed: readonly string[], nowMs: number): void {
  for (const accountId of added) image.sharedWith[accountId] ??= { sharedMs: nowMs };
  for (const accountId of removed) delete image.sharedWith[accountId];
}

function checkCombination(call: Call, image: Image, hasAccounts: boolean): void {
  if (textOf(call, 'LaunchPermission') !== undefined) {
    throw hasAccounts
      ? new ProviderRefusal(
          400,
          'UnnecessaryParameter.LaunchPermission',
          'The specified parameter "LaunchPermission" is unnecessary if paramter "AddAccounts" or "RemoveAccounts" exist.',
        )
      : new ProviderRefusal(
          400,
          'ForbiddenParameter.LaunchPermission',
          'The specified parameter "LaunchPermission" is forbidden for current account.',
        );
  }
  const isPublic = flagOf(call, 'IsPublic');
  if (isPublic === true && hasAccounts) {
    throw new ProviderRefusal(
      403,
      'InvalidParameter.IsPublic',
      'The specified parameter IsPublic is conflicted with other parameters.',
    );
  }
  if (isPublic === true) {
    throw new ProviderRefusal(
      403,
      'PublicImageAgreement.NotSigned',
      'The current account has not signed "Community Image Terms of Service".',
    );
  }
  if (hasAccounts && image.isPublic) {
    throw new ProviderRefusal(403, 'Image.Public', 'The specified image is public image.');
  }
  if (hasAccounts && image.status !== 'Available') {
    throw new ProviderRefusal(
      403,
      'OperationDenied.InvalidImageStatus',
      'The specified image cannot be shared when it is deprecated.',
    );
  }
}

function checkAccount(accountId: string, call: Call): void {
  if (accountId === call.caller.accountId) {
    throw new ProviderRefusal(404, 'InvalidAccount.Forbbiden', 'The specified Account does not yourself.');
  }
  if (call.world.accounts[accountId] === undefined) {
    throw new ProviderRefusal(
      404,
      'InvalidAccount.NotFound',
      'The specified parameter "AddAccount.n" or "RemoveAccount.n"  does not exist.',
    );
  }
}

function checkReceivers(accountIds: readonly string[], call: Call): void {
  const ownSite = call.world.accounts[call.caller.accountId]?.site;
  if (accountIds.some((accountId) => call.world.accounts[accountId]?.site !== ownSite)) {
    throw new ProviderRefusal(403, 'InvalidImageId.BidMismatch', 'Cannot share image with other bid user.');
  }
}

function checkEncryption(image: Image, call: Call): void {
  if (!image.encrypted) return;
  if (image.kmsKeyId === '' || isServiceKey(image.kmsKeyId)) {
    throw new ProviderRefusal(
      403,
      'OperationDeined.EncryptedSnapshot',
      'The image contains encrypted snapshots, which do not support share.',
    );
  }
  if (image.snapshotIds.length > 1) {
    throw new ProviderRefusal(
      403,
      'OperationDeined.FullImage',
      'The encrypted image contains multiple snapshots, which do not support share.',
    );
  }
  if (!hasShareRole(call.caller.accountId, 'Image', call.world)) {
    throw new ProviderRefusal(
      403,
      'AssumeRoleError',
      `Requires a RAM role of ${shareRoleName('Image')} before sharing encrypted image.`,
    );
  }
}

function checkQuota(receivers: number, call: Call): void {
  const limit = call.world.accounts[call.caller.accountId]?.quotas.accountsPerImage ?? 0;
  if (receivers > limit) {
    throw new ProviderRefusal(403, 'QuotaExceed.ShareImageUser', 'The shared Image user Quota exceeds.');
  }
}
