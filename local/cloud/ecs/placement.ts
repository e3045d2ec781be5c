import { ProviderRefusal } from '../product';
import { sharedWith } from '../visibility';
import type { DeploymentSet, World } from '../world';

type Placed = DeploymentSet['instances'][number];

/** The deployment set, when the account owns or received it. @throws ProviderRefusal 404 DeploymentSet.NotFound */
export function usableSet(
  deploymentSet: DeploymentSet | undefined,
  accountId: string,
  regionId: string,
  world: World,
): DeploymentSet {
  if (deploymentSet !== undefined) {
    const users = [deploymentSet.ownerId, ...sharedWith(deploymentSet.deploymentSetId, regionId, world)];
    if (users.includes(accountId)) return deploymentSet;
  }
  throw new ProviderRefusal(404, 'DeploymentSet.NotFound', 'The specified deployment set does not exist.');
}

/** How many instances still fit: the quota is common to the sharer and the receivers (Share a deployment set). */
export function roomIn({ capacity, instances }: DeploymentSet): number {
  return Math.max(0, capacity - instances.length);
}

/**
 * Places all of the instances or none.
 *
 * @throws ProviderRefusal 403 QuotaExceed.DeploymentSetInstanceQuotaFull
 */
export function place(instances: readonly Placed[], deploymentSet: DeploymentSet): void {
  if (instances.length > roomIn(deploymentSet)) {
    throw new ProviderRefusal(
      403,
      'QuotaExceed.DeploymentSetInstanceQuotaFull',
      'The instance quota in one deployment set exceeded.',
    );
  }
  deploymentSet.instances.push(...instances);
}
