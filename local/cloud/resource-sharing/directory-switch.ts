import { type Action, ProviderRefusal } from '../product';
import { directoryAround } from '../resource-directory/directory';
import { READS_PER_SECOND, WRITES_PER_SECOND } from './limits';

/** Lets the accounts of a directory share with each other. Only the management account may; there is no way back. */
export const enableSharingWithResourceDirectory: Action = {
  parameters: {},
  ratePerSecond: WRITES_PER_SECOND,
  run({ caller, world }) {
    const directory = directoryAround(caller.accountId, world);
    if (directory?.managementAccountId !== caller.accountId) {
      throw new ProviderRefusal(
        409,
        'ActionNotPermitted',
        'The caller must be the master account for the Resource Directory.',
      );
    }
    if (world.sharingEnabledBy.includes(caller.accountId)) {
      throw new ProviderRefusal(
        409,
        'AlreadyEnabled',
        'You have already enabled sharing with the Resource Directory.',
      );
    }
    world.sharingEnabledBy.push(caller.accountId);
    return {};
  },
};

export const checkSharingWithResourceDirectoryStatus: Action = {
  parameters: {},
  ratePerSecond: READS_PER_SECOND,
  run({ caller, world }) {
    const directory = directoryAround(caller.accountId, world);
    const isEnabled =
      directory !== undefined && world.sharingEnabledBy.includes(directory.managementAccountId);
    return { EnableSharingWithRd: isEnabled };
  },
};

export const describeRegions: Action = {
  parameters: { AcceptLanguage: { type: 'string', enum: ['zh-CN', 'en-US'] } },
  ratePerSecond: READS_PER_SECOND,
  run: ({ world }) => ({
    Regions: Object.keys(world.regions)
      .toSorted()
      .map((regionId) => ({
        RegionId: regionId,
        LocalName: regionId,
        RegionEndpoint: `resourcesharing.${regionId}.aliyuncs.com`,
      })),
  }),
};
