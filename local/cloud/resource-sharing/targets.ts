import { ProviderRefusal } from '../product';
import { directoryAround } from '../resource-directory/directory';
import { positionOf } from '../switches';
import type { Directory, World } from '../world';

/** A principal as the owner of a share sees it. */
export interface Target {
  id: string;
  kind: 'Account' | 'Folder' | 'ResourceDirectory';
  external: boolean;
}

/**
 * Checks one principal. Inside a directory it is the directory, a folder or a member, and the management account must
 * have enabled sharing; outside it is any other account of the same site, but not a member of another directory.
 * Source: "Share resources with an account", CreateResourceShare errors.
 *
 * @throws ProviderRefusal
 */
export function targetOf(id: string, ownerId: string, allowExternalTargets: boolean, world: World): Target {
  const own = directoryAround(ownerId, world);
  if (/^(rd|r|fd)-/.test(id)) return groupOf(id, own, world);
  if (!/^\d{16}$/.test(id)) {
    throw new ProviderRefusal(400, 'InvalidParameter.Targets', 'The Targets is invalid.');
  }
  if (id === ownerId) {
    throw new ProviderRefusal(409, 'ShareWithYourself', 'You cannot share resources with yourself.');
  }
  checkSite(id, ownerId, world);
  if (own !== undefined && directoryAround(id, world) === own) {
    checkEnabled(own, world);
    return { id, kind: 'Account', external: false };
  }
  checkOutside(id, own, allowExternalTargets, world);
  return { id, kind: 'Account', external: true };
}

function groupOf(id: string, own: Directory | undefined, world: World): Target {
  if (own === undefined) throw notInDirectory();
  if (id === own.resourceDirectoryId) {
    checkEnabled(own, world);
    return { id, kind: 'ResourceDirectory', external: false };
  }
  if (own.folders[id] === undefined) throw invalidTarget();
  checkEnabled(own, world);
  return { id, kind: 'Folder', external: false };
}

function checkOutside(
  id: string,
  own: Directory | undefined,
  allowExternalTargets: boolean,
  world: World,
): void {
  if (!allowExternalTargets) {
    if (own === undefined) throw notInDirectory();
    checkEnabled(own, world);
    throw invalidTarget();
  }
  if (world.accounts[id] === undefined) throw invalidTarget();
  const other = directoryAround(id, world);
  if (other === undefined) return;
  const isFromStandalone = own === undefined;
  if (!isFromStandalone || positionOf('standalone-to-member', world) === 'refused') throw invalidTarget();
}

function checkSite(id: string, ownerId: string, world: World): void {
  const site = world.accounts[id]?.site;
  if (site === undefined || site === world.accounts[ownerId]?.site) return;
  throw new ProviderRefusal(
    409,
    'InvalidTarget.SiteMismatch',
    'Cross-site resource sharing is not supported.',
  );
}

function checkEnabled(directory: Directory, world: World): void {
  if (world.sharingEnabledBy.includes(directory.managementAccountId)) return;
  throw new ProviderRefusal(
    409,
    'NotEnableSharingWithResourceDirectory',
    'You have not enabled sharing with your Resource Directory.',
  );
}

function notInDirectory(): ProviderRefusal {
  return new ProviderRefusal(
    409,
    'AccountNotInResourceDirectory',
    'The account is not a master or a member of a resource directory.',
  );
}

function invalidTarget(): ProviderRefusal {
  return new ProviderRefusal(
    400,
    'InvalidTarget',
    'The shared target does not exist in the resource directory.',
  );
}
