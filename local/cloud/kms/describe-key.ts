import type { Action, Call } from '../product';
import { textOf } from '../read-parameters';
import { toSeconds } from '../times';
import { keyNamed, type SeenKey } from './keys';

/** The facts of one of the caller's keys. @throws ProviderRefusal 404 Forbidden.KeyNotFound, Forbidden.AliasNotFound */
export const describeKey: Action = {
  parameters: { KeyId: { type: 'string', required: true } },
  ratePerSecond: 30,
  run(call) {
    const key = keyNamed(textOf(call, 'KeyId') ?? '', call);
    return {
      KeyMetadata: {
        KeyId: key.keyId,
        Arn: `acs:kms:${call.regionId}:${call.caller.accountId}:key/${key.keyId}`,
        Creator: creatorOf(key, call),
        CreationDate: toSeconds(key.creationMs),
        Description: '',
        KeyState: key.state,
        KeyUsage: 'ENCRYPT/DECRYPT',
        KeySpec: 'Aliyun_AES_256',
        Origin: 'Aliyun_KMS',
        ProtectionLevel: 'SOFTWARE',
        AutomaticRotation: 'Disabled',
        DeletionProtection: 'Disabled',
        DeleteDate: '',
        MaterialExpireTime: '',
        PrimaryKeyVersion: `${key.keyId}-version-1`,
      },
    };
  },
};

/** Of a key that people made it is their account; of a service key no document tells. */
function creatorOf(key: SeenKey, call: Call): string {
  if (!key.isService) return call.caller.accountId;
  switch (call.switchAt('service-key-creator')) {
    case 'service':
      return 'ecs.aliyuncs.com';
    case 'empty':
      return '';
    default:
      return call.caller.accountId;
  }
}
