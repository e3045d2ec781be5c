import { type Call, ProviderRefusal } from './product';
import { textOf } from './read-parameters';
import type { Region } from './world';

/**
 * The region that a regional product is asked about. The endpoint and the RegionId parameter must agree.
 *
 * @throws ProviderRefusal 404 InvalidRegionId.NotFound for a region that does not exist, and
 *   404 InvalidOperation.NotSupportedEndpoint when another region's endpoint was called (both as ECS answers).
 */
export function regionOf(call: Call): { regionId: string; region: Region } {
  const regionId = textOf(call, 'RegionId') ?? call.regionId;
  const region = call.world.regions[regionId];
  if (region === undefined) {
    throw new ProviderRefusal(404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.');
  }
  if (regionId !== call.regionId) {
    throw new ProviderRefusal(
      404,
      'InvalidOperation.NotSupportedEndpoint',
      'The specified endpoint cant operate this region. Please use API DescribeRegions to get the appropriate endpoint, or upgrade your SDK to latest version.',
    );
  }
  return { regionId, region };
}

/** The region of the endpoint that was called, for products that take no RegionId. */
export function regionHere(call: Call): Region {
  const region = call.world.regions[call.regionId];
  if (region === undefined) throw new Error(`The world has no region ${call.regionId}.`);
  return region;
}
