import { isWanted, type Grant, type Ledger } from '../sharing/ledger';
import { resourceKey } from '../sharing/resource';
import { lineage, type DirectoryChange, type Tree } from './changes';
import { replay } from './replay';

/** A resource and the ids of the accounts, folders and directories that it is shared with. */
export interface Audience {
  resource: string;
  principalIds: string[];
}

/** One account and one resource. */
export interface Reach {
  accountId: string;
  resource: string;
}

/** What one change of the directory means for access, before anybody does anything about it. */
export interface Effect {
  change: DirectoryChange;
  gains: Reach[];
  loses: Reach[];
  /** Something that gave access is gone or new, and another grant gives it all the same. */
  keeps: Reach[];
  /** Resources that are shared with a folder which is no more. */
  pointNowhere: string[];
}

/** Whom a resource reaches: grants that are wanted now, or that the provider shows though they are not. */
export function audienceOf(ledger: Ledger, nowMs: number): Audience {
  return {
    resource: resourceKey(ledger.resource),
    principalIds: Object.values(ledger.grants)
      .filter((grant) => isLive(grant, nowMs))
      .map((grant) => grant.principal.id)
      .toSorted(),
  };
}

/**
 * The effect of each change in turn, `changes` being the differences that lead away from `before`. The sum of all steps
 * is exactly the difference of access between the two readings.
 */
export function effectsOf(
  before: (Tree & { directoryId: string }) | null,
  changes: readonly DirectoryChange[],
  audiences: readonly Audience[],
): Effect[] {
  const byPrincipal = indexed(audiences);
  let tree: Tree = before ?? { members: {}, folders: {} };
  return changes.map((change) => {
    const was = tree;
    tree = replay(tree, change);
    const directoryId = 'directoryId' in change ? change.directoryId : (before?.directoryId ?? '');
    return effectOf(change, { was, is: tree, directoryId }, byPrincipal);
  });
}

interface Step {
  was: Tree;
  is: Tree;
  directoryId: string;
}

function effectOf(change: DirectoryChange, step: Step, byPrincipal: ReadonlyMap<string, Audience[]>): Effect {
  const deleted = change.is === 'folder-deleted' ? (byPrincipal.get(change.folder.folderId) ?? []) : [];
  const pointNowhere = deleted.map((audience) => audience.resource);
  const effect: Effect = { change, gains: [], loses: [], keeps: [], pointNowhere };
  for (const accountId of accountsMovedBy(change, step.was)) {
    const was = namesOf(accountId, step.was, step.directoryId);
    const is = namesOf(accountId, step.is, step.directoryId);
    for (const audience of audiencesOf(namesThatMatter(change, was, is), byPrincipal)) {
      const reach = { accountId, resource: audience.resource };
      const had = audience.principalIds.some((id) => was.has(id));
      const has = audience.principalIds.some((id) => is.has(id));
      if (had && has) effect.keeps.push(reach);
      else if (has) effect.gains.push(reach);
      else effect.loses.push(reach);
    }
  }
  return effect;
}

function isLive(grant: Grant, nowMs: number): boolean {
  const { is } = grant.sight;
  return isWanted(grant, nowMs) || is === 'granted' || is === 'leaving' || is === 'arriving';
}

function accountsMovedBy(change: DirectoryChange, tree: Tree): string[] {
  switch (change.is) {
    case 'member-left':
    case 'member-joined':
      return [change.member.accountId];
    case 'member-moved':
      return [change.accountId];
    case 'folder-moved':
      return Object.values(tree.members)
        .filter((member) => lineage(tree, member.folderId).includes(change.folderId))
        .map((member) => member.accountId)
        .toSorted();
    case 'folder-created':
    case 'folder-renamed':
    case 'folder-deleted':
    case 'member-renamed':
    case 'member-status-changed':
      return [];
  }
}

/** Every principal id under which a share reaches the account: its own, its folders' and its directory's. */
function namesOf(accountId: string, tree: Tree, directoryId: string): Set<string> {
  const member = tree.members[accountId];
  if (member === undefined) return new Set([accountId]);
  return new Set([accountId, directoryId, ...lineage(tree, member.folderId)]);
}

/** The names that came or went. One who joins or leaves changes sides, which concerns direct grants too. */
function namesThatMatter(change: DirectoryChange, was: Set<string>, is: Set<string>): string[] {
  const differing = [...new Set([...was, ...is])].filter((name) => was.has(name) !== is.has(name));
  return change.is === 'member-left' || change.is === 'member-joined'
    ? [...differing, change.member.accountId]
    : differing;
}

function audiencesOf(names: readonly string[], byPrincipal: ReadonlyMap<string, Audience[]>): Set<Audience> {
  return new Set(names.flatMap((name) => byPrincipal.get(name) ?? []));
}

function indexed(audiences: readonly Audience[]): Map<string, Audience[]> {
  const byPrincipal = new Map<string, Audience[]>();
  for (const audience of audiences) {
    for (const id of audience.principalIds) {
      const named = byPrincipal.get(id) ?? [];
      named.push(audience);
      byPrincipal.set(id, named);
    }
  }
  return byPrincipal;
}
