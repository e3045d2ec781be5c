import { describe, expect, test } from 'vitest';
import { differences } from '../../../../shared/domain/directory/changes';
import type { Directory } from '../../../../shared/domain/directory/directory';
import { audienceOf, effectsOf, type Audience } from '../../../../shared/domain/directory/effects';
import { eventsOf } from '../../../../shared/domain/directory/events';
import type { Grant } from '../../../../shared/domain/sharing/ledger';
import { COMPANY, member, withFolders, withMembers, withoutFolder, withoutMember } from './directories';

const PAYROLL: Audience = { resource: 'payroll', principalIds: ['fd-prod'] };
const GOLDEN: Audience = { resource: 'golden', principalIds: ['rd-company'] };
const DEBUG: Audience = { resource: 'debug', principalIds: ['1000000000000013', 'fd-sand'] };

function effects(after: Directory, ...audiences: Audience[]) {
  return effectsOf(COMPANY, differences(COMPANY, after), audiences).map(({ change, ...effect }) => ({
    is: change.is,
    ...effect,
  }));
}

describe('the effect of a change', () => {
  test('a member who joins gains what is shared with the folders above it and with the directory', () => {
    const after = withMembers(COMPANY, member('1000000000000014', 'fd-pay'));
    expect(effects(after, PAYROLL, GOLDEN, DEBUG)).toEqual([
      {
        is: 'member-joined',
        gains: [
          { accountId: '1000000000000014', resource: 'golden' },
          { accountId: '1000000000000014', resource: 'payroll' },
        ],
        loses: [],
        keeps: [],
        pointNowhere: [],
      },
    ]);
  });

  test('a member who leaves loses what came through folders, and keeps what was granted to it directly', () => {
    const after = withoutMember(COMPANY, '1000000000000013');
    expect(effects(after, PAYROLL, GOLDEN, DEBUG)).toEqual([
      {
        is: 'member-left',
        gains: [],
        loses: [{ accountId: '1000000000000013', resource: 'golden' }],
        keeps: [{ accountId: '1000000000000013', resource: 'debug' }],
        pointNowhere: [],
      },
    ]);
  });

  test('a move from one folder to another takes the one away and gives the other', () => {
    const after = withMembers(COMPANY, member('1000000000000011', 'fd-sand'));
    expect(effects(after, PAYROLL, GOLDEN, DEBUG)).toEqual([
      {
        is: 'member-moved',
        gains: [{ accountId: '1000000000000011', resource: 'debug' }],
        loses: [{ accountId: '1000000000000011', resource: 'payroll' }],
        keeps: [],
        pointNowhere: [],
      },
    ]);
  });

  test('a folder that moves takes everybody below it along', () => {
    const after = withFolders(COMPANY, {
      folderId: 'fd-pay',
      folderName: 'Payments',
      parentFolderId: 'fd-sand',
    });
    expect(effects(after, PAYROLL, DEBUG)).toEqual([
      {
        is: 'folder-moved',
        gains: [{ accountId: '1000000000000011', resource: 'debug' }],
        loses: [{ accountId: '1000000000000011', resource: 'payroll' }],
        keeps: [],
        pointNowhere: [],
      },
    ]);
  });

  test('a deleted folder leaves shares that point nowhere', () => {
    const after = withoutFolder(withMembers(COMPANY, member('1000000000000013', 'r-root')), 'fd-sand');
    expect(effects(after, DEBUG).at(-1)).toEqual({
      is: 'folder-deleted',
      gains: [],
      loses: [],
      keeps: [],
      pointNowhere: ['debug'],
    });
  });

  test('a new name changes nobody’s access', () => {
    const after = withMembers(COMPANY, member('1000000000000013', 'fd-sand', { displayName: 'Play' }));
    expect(effects(after, DEBUG, GOLDEN)).toEqual([
      { is: 'member-renamed', gains: [], loses: [], keeps: [], pointNowhere: [] },
    ]);
  });
});

describe('whom a resource reaches', () => {
  const NOW_MS = 1_760_000_000_000;
  const resource = {
    ownerAccountId: '1000000000000001',
    regionId: 'cn-hangzhou',
    resourceType: 'Snapshot',
    resourceId: 's-1',
  } as const;
  const grant = (id: string, more: Partial<Grant>): Record<string, Grant> => ({
    [id]: { principal: { type: 'folder', id }, windows: [], sight: { is: 'absent', sinceMs: 1 }, ...more },
  });

  test('counts grants whose window is open and grants that the provider still shows, and no others', () => {
    const open = { requestId: 'r', startMs: NOW_MS - 1, endMs: NOW_MS + 1 };
    const grants = {
      ...grant('fd-open', { windows: [open] }),
      ...grant('fd-ended', { windows: [{ ...open, endMs: NOW_MS }] }),
      ...grant('fd-later', { windows: [{ ...open, startMs: NOW_MS + 1 }] }),
      ...grant('fd-seen', { sight: { is: 'granted', sinceMs: 1, via: { by: 'image-permission' } } }),
      ...grant('fd-gone', { sight: { is: 'gone', sinceMs: 1 } }),
    };
    expect(audienceOf({ resource, grants }, NOW_MS)).toEqual({
      resource: '1000000000000001/cn-hangzhou/Snapshot/s-1',
      principalIds: ['fd-open', 'fd-seen'],
    });
  });
});

describe('events of a new edition', () => {
  test('say what the change means, naming the first ten and counting the rest', () => {
    const audiences = Array.from({ length: 12 }, (_, at) => ({
      resource: `snapshot-${String(at).padStart(2, '0')}`,
      principalIds: ['fd-sand'],
    }));
    const after = withMembers(COMPANY, member('1000000000000014', 'fd-sand'));
    const [event] = eventsOf(effectsOf(COMPANY, differences(COMPANY, after), audiences));
    expect(event).toMatchObject({
      type: 'directory.member_joined',
      by: { kind: 'function', name: 'membership-reconciler' },
      data: {
        accountId: '1000000000000014',
        displayName: 'Account 14',
        folderId: 'fd-sand',
        effect: {
          gains: { count: 12 },
          loses: { count: 0, first: [] },
          keeps: { count: 0, first: [] },
          pointNowhere: { count: 0, first: [] },
        },
      },
    });
    expect(event?.data.effect).toHaveProperty('gains.first.length', 10);
    expect(event?.data.effect).toHaveProperty('gains.first.9.resource', 'snapshot-09');
  });

  test('name fewer each when there are many, so that two thousand of them still fit into a row', () => {
    const audiences = Array.from({ length: 40 }, (_, at) => ({
      resource: `1000000000000001/cn-hangzhou/Snapshot/s-bp1234567890abcdef${at}`,
      principalIds: ['fd-sand'],
    }));
    const newcomers = Array.from({ length: 2_000 }, (_, at) =>
      member(String(2_000_000_000_000_000 + at), 'fd-sand'),
    );
    const after = withMembers(COMPANY, ...newcomers);
    const events = eventsOf(effectsOf(COMPANY, differences(COMPANY, after), audiences));
    expect(events).toHaveLength(2_000);
    expect(events[0]?.data.effect).toMatchObject({ gains: { count: 40, first: [] } });
    expect(JSON.stringify(events).length).toBeLessThan(1_000_000);
  });
});
