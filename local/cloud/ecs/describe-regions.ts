import type { Action } from '../product';

/** The regions of the world, each with the endpoint that Alibaba's own map gives it. */
export const describeRegions: Action = {
  parameters: {
    AcceptLanguage: { type: 'string' },
    InstanceChargeType: { type: 'string' },
    ResourceType: { type: 'string' },
  },
  ratePerSecond: 16,
  run: ({ world }) => ({
    Regions: {
      Region: Object.keys(world.regions)
        .toSorted()
        .map((regionId) => ({
          RegionId: regionId,
          LocalName: regionId,
          RegionEndpoint: `ecs.${regionId}.aliyuncs.com`,
          Status: 'available',
        })),
    },
  }),
};
