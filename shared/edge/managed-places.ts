import type { Configuration } from '../configuration';
import type { Place } from '../domain/sharing/resource';

/** Every owner account in every region that this installation manages; its own account always is one. */
export function managedPlaces(
  configuration: Pick<Configuration, 'accountIds' | 'regionIds'>,
  ownAccountId: string,
): Place[] {
  const accountIds = [...new Set([ownAccountId, ...configuration.accountIds])];
  const regionIds = [...new Set(configuration.regionIds)];
  return accountIds.flatMap((ownerAccountId) => regionIds.map((regionId) => ({ ownerAccountId, regionId })));
}
