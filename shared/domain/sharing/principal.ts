import type { Directory } from '../directory/directory';
import { accountsUnder } from '../directory/directory';

/** Whom a resource is shared with. */
export interface Principal {
  type: 'account' | 'folder' | 'directory';
  /** 16 digits, `fd-…` or `r-…`, or `rd-…`: the provider's ids tell the types apart. */
  id: string;
}

/** The kind of principal that an id names, or null when it names none. */
export function principalOf(id: string): Principal | null {
  if (/^\d{16}$/.test(id)) return { type: 'account', id };
  if (/^(fd|r)-[A-Za-z0-9]+$/.test(id)) return { type: 'folder', id };
  if (/^rd-[A-Za-z0-9]+$/.test(id)) return { type: 'directory', id };
  return null;
}

/**
 * Whether a principal stands inside the owner's directory: such a principal gets a share without an invitation.
 * Folders and the directory itself always do; with no directory every account is outside.
 */
export function isInside(principal: Principal, directory: Directory | null): boolean {
  if (directory === null) return false;
  if (principal.type !== 'account') return true;
  return principal.id === directory.managementAccountId || principal.id in directory.members;
}

/** Every account that a principal stands for now. */
export function accountsOf(principal: Principal, directory: Directory | null): string[] {
  if (principal.type === 'account') return [principal.id];
  if (directory === null) return [];
  return accountsUnder(directory, principal.type === 'directory' ? directory.rootFolderId : principal.id);
}
