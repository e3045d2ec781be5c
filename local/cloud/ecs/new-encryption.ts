import { isServiceKey, serviceKeyOf } from '../kms/keys';
import { mayUseKeysOf, type SharedKind } from '../kms/share-roles';
import { type Call, ProviderRefusal } from '../product';

/** How something new is encrypted. */
export interface Encryption {
  encrypted: boolean;
  /** '' = not encrypted. */
  kmsKeyId: string;
}

/** What a call says about the encryption of what it makes. */
export interface AskedEncryption {
  encrypted: boolean | undefined;
  kmsKeyId: string | undefined;
}

/** The snapshot or image that something is made from. */
export interface Origin extends Encryption {
  kind: SharedKind;
  ownerId: string;
}

/** The disks that may be made from an encrypted snapshot or image of another account (Share a snapshot). */
const CATEGORIES_UNDER_CHANGED_KEY = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry'];

/**
 * The encryption of a new disk. From something encrypted of another account it must be encrypted anew, under a key of
 * the caller's; the service key when none is named (CreateDisk, KMSKeyId).
 *
 * @throws ProviderRefusal 400 InvalidEncrypted.NotMatchKmsKeyId, InvalidEncrypted.NotMatchSnapshot,
 *   InvalidKmsKeyId.NotMatchSnapshot, InvalidParam.EncryptedMismatch; 403 NotSupportSnapshotEncrypted.DiskCategory;
 *   and those of `keyOf` and `refuseUntrusted`.
 */
export function diskEncryption(
  asked: AskedEncryption,
  category: string,
  origin: Origin | undefined,
  call: Call,
): Encryption {
  if (asked.kmsKeyId !== undefined && asked.encrypted !== true) throw keyWithoutEncryption(400);
  if (origin?.encrypted !== true) {
    return asked.encrypted === true ? keyOf(asked.kmsKeyId, call.regionId, 404, call) : PLAIN;
  }
  if (origin.ownerId === call.caller.accountId) return underSameKey(asked, origin);
  if (asked.encrypted !== true || asked.kmsKeyId === origin.kmsKeyId) {
    throw new ProviderRefusal(
      400,
      'InvalidParam.EncryptedMismatch',
      'Creating encrypted disks with shared encrypted snapshots requires replacing encryption keys.',
    );
  }
  if (!CATEGORIES_UNDER_CHANGED_KEY.includes(category)) {
    throw new ProviderRefusal(
      403,
      'NotSupportSnapshotEncrypted.DiskCategory',
      'The specified disk category does not support creating encrypted system disks or creating encrypted data disks from snapshots. Check the DiskCategory or Encrypted parameter.',
    );
  }
  const encryption = keyOf(asked.kmsKeyId, call.regionId, 404, call);
  refuseUntrusted(origin, call);
  return encryption;
}

export const PLAIN: Encryption = { encrypted: false, kmsKeyId: '' };

/** A disk from one's own snapshot keeps the snapshot's key. */
function underSameKey(asked: AskedEncryption, { encrypted, kmsKeyId }: Origin): Encryption {
  if (asked.encrypted === false) {
    throw new ProviderRefusal(
      400,
      'InvalidEncrypted.NotMatchSnapshot',
      'The specified parameter Encrypted is different from the Encrypted of the snapshot.',
    );
  }
  if (asked.kmsKeyId !== undefined && asked.kmsKeyId !== kmsKeyId) {
    throw new ProviderRefusal(
      400,
      'InvalidKmsKeyId.NotMatchSnapshot',
      'The specified parameter KmsKeyId is different from the KmsKeyId of the snapshot.',
    );
  }
  return { encrypted, kmsKeyId };
}

/**
 * The caller's key in a region, or the region's service key when none is named.
 *
 * @throws ProviderRefusal InvalidParameter.KMSKeyId.NotFound with `missingStatus`, 403 …CMKNotEnabled
 */
export function keyOf(
  kmsKeyId: string | undefined,
  regionId: string,
  missingStatus: 403 | 404,
  call: Call,
): Encryption {
  const serviceKey = serviceKeyOf(regionId);
  if (kmsKeyId === undefined || kmsKeyId === serviceKey) return { encrypted: true, kmsKeyId: serviceKey };
  const key = isServiceKey(kmsKeyId) ? undefined : call.world.regions[regionId]?.keys[kmsKeyId];
  if (key?.ownerId !== call.caller.accountId) {
    throw new ProviderRefusal(
      missingStatus,
      'InvalidParameter.KMSKeyId.NotFound',
      'The specified KMSKeyId does not exist.',
    );
  }
  if (key.state !== 'Enabled') {
    throw new ProviderRefusal(403, 'InvalidParameter.KMSKeyId.CMKNotEnabled', 'The CMK needs to be enabled.');
  }
  return { encrypted: true, kmsKeyId };
}

/**
 * What is encrypted with another account's key is readable only where that account's role trusts the caller's ECS. No
 * document tells the code for when it does not.
 *
 * @throws ProviderRefusal 403 InvalidParameter.KMSKeyId.KMSUnauthorized
 */
export function refuseUntrusted({ encrypted, ownerId, kind }: Origin, { caller, world }: Call): void {
  if (!encrypted || ownerId === caller.accountId) return;
  if (mayUseKeysOf(ownerId, caller.accountId, kind, world)) return;
  throw new ProviderRefusal(
    403,
    'InvalidParameter.KMSKeyId.KMSUnauthorized',
    'ECS service have no right to access your KMS.',
  );
}

/** @param status the action's own: 400 for disks, 403 for copies */
export function keyWithoutEncryption(status: 400 | 403): ProviderRefusal {
  return new ProviderRefusal(
    status,
    'InvalidEncrypted.NotMatchKmsKeyId',
    'The specified parameter Encrypted must be true when KmsKeyId is not empty.',
  );
}
