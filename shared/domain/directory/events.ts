import type { Json } from '../audit/canonical-json';
import type { NewEvent } from '../audit/event';
import type { EventType } from '../webhooks/catalogue';
import type { DirectoryChange } from './changes';
import type { Effect, Reach } from './effects';

/** An effect can touch every account and resource there is; an event names the first so many and counts the rest. */
const NAMED_PER_EFFECT_MAX = 10;
/** All events of an edition are written in one row, and Tablestore takes 2 MB a column: many changes name fewer each. */
const NAMED_PER_EDITION_MAX = 1_000;

/** The events of a new edition of the directory, one for each change. */
export function eventsOf(effects: readonly Effect[]): NewEvent[] {
  const namedMax = Math.min(NAMED_PER_EFFECT_MAX, Math.floor(NAMED_PER_EDITION_MAX / effects.length));
  return effects.map((effect) => ({
    type: typeOf(effect.change),
    by: { kind: 'function', name: 'membership-reconciler' },
    data: { ...dataOf(effect.change), effect: summaryOf(effect, namedMax) },
  }));
}

function typeOf(change: DirectoryChange): EventType {
  switch (change.is) {
    case 'folder-created':
      return 'directory.folder_created';
    case 'folder-moved':
      return 'directory.folder_moved';
    case 'folder-deleted':
      return 'directory.folder_deleted';
    case 'member-joined':
      return 'directory.member_joined';
    case 'member-left':
      return 'directory.member_left';
    case 'member-moved':
      return 'directory.member_moved';
    case 'member-renamed':
      return 'directory.member_renamed';
    case 'folder-renamed':
      return 'directory.folder_renamed';
    case 'member-status-changed':
      return 'directory.member_status_changed';
  }
}

function dataOf(change: DirectoryChange): { [key: string]: Json } {
  switch (change.is) {
    case 'folder-created':
    case 'folder-deleted':
      return { ...change.folder };
    case 'member-joined':
    case 'member-left': {
      const { accountId, displayName, folderId } = change.member;
      return { accountId, displayName, folderId };
    }
    case 'member-status-changed':
      return { accountId: change.accountId, from: { ...change.from }, to: { ...change.to } };
    case 'folder-moved':
    case 'folder-renamed':
    case 'member-moved':
    case 'member-renamed': {
      const { is: _kind, ...data } = change;
      return data;
    }
  }
}

function summaryOf(effect: Effect, namedMax: number): { [key: string]: Json } {
  const { gains, loses, keeps, pointNowhere } = effect;
  return {
    gains: counted(gains, namedMax),
    loses: counted(loses, namedMax),
    keeps: counted(keeps, namedMax),
    pointNowhere: { count: pointNowhere.length, first: pointNowhere.slice(0, namedMax) },
  };
}

function counted(reaches: readonly Reach[], namedMax: number): Json {
  const first = reaches.slice(0, namedMax).map(({ accountId, resource }) => ({ accountId, resource }));
  return { count: reaches.length, first };
}
