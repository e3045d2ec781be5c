import { isUnder, type Directory } from '../../directory/directory';
import type { KnownDirectory } from '../../directory/known-directory';
import { accountsOf, isInside, principalOf, type Principal } from '../principal';
import type { Whom } from './policy';

/** 'unknown' = the directory would have to be read first, or does not hold what the principal names. */
export type Meant = 'yes' | 'no' | 'unknown';

/** Whether all that a principal stands for is meant: what a rule needs to allow it. */
export function covers(whom: readonly Whom[], principal: Principal, known: KnownDirectory | null): Meant {
  return anyOf(whom.map((one) => coversOne(one, principal, known)));
}

/**
 * Whether anything that a principal stands for is meant: what a rule needs to deny it. A folder is touched by a rule about
 * an account in it, about a folder below it, and about one above it.
 */
export function touches(whom: readonly Whom[], principal: Principal, known: KnownDirectory | null): Meant {
  return anyOf(whom.map((one) => touchesOne(one, principal, known)));
}

function coversOne(whom: Whom, principal: Principal, known: KnownDirectory | null): Meant {
  if (whom === 'anyone' || whom === principal.id) return 'yes';
  if (principalOf(whom)?.type === 'account') return 'no';
  const place = placeOf(principal, known);
  if (place.is === 'unknown') return 'unknown';
  switch (whom) {
    case 'outside':
      return yesIf(place.is === 'outside');
    case 'inside':
      return yesIf(place.is === 'inside' && !isWhole(principal, place.directory));
    case 'directory':
      return yesIf(place.is === 'inside' && isWhole(principal, place.directory));
    default:
      return yesIf(place.is === 'inside' && liesUnder(principal, whom, place.directory));
  }
}

function touchesOne(whom: Whom, principal: Principal, known: KnownDirectory | null): Meant {
  const covered = coversOne(whom, principal, known);
  if (covered === 'yes' || whom === 'outside' || whom === 'directory') return covered;
  if (principal.type === 'account') return covered;
  const place = placeOf(principal, known);
  if (place.is !== 'inside') return 'unknown';
  if (whom === 'inside' || isWhole(principal, place.directory)) {
    return yesIf(
      principalOf(whom)?.type !== 'account' || isInside({ type: 'account', id: whom }, place.directory),
    );
  }
  if (principalOf(whom)?.type === 'account')
    return yesIf(accountsOf(principal, place.directory).includes(whom));
  return yesIf(isUnder(place.directory, whom, principal.id));
}

type PlaceInDirectory = { is: 'unknown' } | { is: 'outside' } | { is: 'inside'; directory: Directory };

/** A folder or directory that the last reading does not hold may be new, or of somebody else: it is unknown. */
function placeOf(principal: Principal, known: KnownDirectory | null): PlaceInDirectory {
  if (known === null) return { is: 'unknown' };
  const { directory } = known;
  if (principal.type === 'account') {
    return directory !== null && isInside(principal, directory)
      ? { is: 'inside', directory }
      : { is: 'outside' };
  }
  if (directory === null) return { is: 'unknown' };
  const isThere =
    principal.type === 'folder'
      ? principal.id === directory.rootFolderId || Object.hasOwn(directory.folders, principal.id)
      : principal.id === directory.directoryId;
  return isThere ? { is: 'inside', directory } : { is: 'unknown' };
}

/** The root folder holds what the directory holds. */
function isWhole(principal: Principal, directory: Directory): boolean {
  return principal.type === 'directory' || principal.id === directory.rootFolderId;
}

function liesUnder(principal: Principal, folderId: string, directory: Directory): boolean {
  switch (principal.type) {
    case 'directory':
      return folderId === directory.rootFolderId;
    case 'folder':
      return isUnder(directory, principal.id, folderId);
    case 'account': {
      const member = directory.members[principal.id];
      return member !== undefined && isUnder(directory, member.folderId, folderId);
    }
  }
}

function anyOf(each: readonly Meant[]): Meant {
  if (each.includes('yes')) return 'yes';
  return each.includes('unknown') ? 'unknown' : 'no';
}

function yesIf(truth: boolean): Meant {
  return truth ? 'yes' : 'no';
}
