import { pageByNumber } from '../paging';
import type { Action } from '../product';
import { numberOf, textOf } from '../read-parameters';
import { keyNamed } from './keys';

/** Every alias of one of the caller's keys: `alias/acs/ecs` tells the region's service key. */
export const listAliasesByKeyId: Action = {
  parameters: {
    KeyId: { type: 'string', required: true },
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 0, maximum: 101 },
  },
  ratePerSecond: 30,
  run(call) {
    const { keyId, aliases } = keyNamed(textOf(call, 'KeyId') ?? '', call);
    const pageNumber = numberOf(call, 'PageNumber') ?? 1;
    const pageSize = numberOf(call, 'PageSize') ?? 10;
    return {
      PageNumber: pageNumber,
      PageSize: pageSize,
      TotalCount: aliases.length,
      Aliases: {
        Alias: pageByNumber(aliases, pageNumber, pageSize).map((alias) => ({
          AliasName: `alias/${alias}`,
          AliasArn: `acs:kms:${call.regionId}:${call.caller.accountId}:alias/${alias}`,
          KeyId: keyId,
        })),
      },
    };
  },
};
