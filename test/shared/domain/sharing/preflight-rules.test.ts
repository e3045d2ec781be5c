import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { known, unknown, type Facts, type Key } from '../../../../shared/domain/sharing/preflight/facts';
import { RULES } from '../../../../shared/domain/sharing/preflight/rules';
import { DEFAULT_PREFLIGHT_SETTINGS } from '../../../../shared/domain/sharing/preflight/settings';
import {
  accounts,
  DAY_MS,
  directory,
  DIRECTORY,
  facts,
  FOLDER,
  imageItem,
  member,
  MEMBER,
  NOW_MS,
  OWNER,
  PARTNER,
  resource,
  share,
  snapshotItem,
} from './preflight-facts';

/** For each rule: what it is judged on as a rule passes it, what trips it, and which fact it cannot do without. */
interface Fixture {
  passes?: Partial<Facts>;
  trips: Partial<Facts>;
  /** Missing where a rule reads nothing, or only advises. */
  unread?: Partial<Facts>;
}

const NOT_READ = unknown('Forbidden.RAM: no');
const image = resource('Image', 'm-1');
const key = (change: Partial<Key> = {}): Key => ({
  keyId: 'key-1',
  managedBy: 'customer',
  state: 'Enabled',
  ...change,
});
const service = known([key({ managedBy: 'service' })]);
const customer = known([key()]);
const crowd = accounts(64).map(({ id }) => id);
const snapshotOf = (change: Parameters<typeof snapshotItem>[0]) => ({ item: known(snapshotItem(change)) });
const imageOf = (change: Parameters<typeof imageItem>[0]) => ({
  resource: image,
  item: known(imageItem(change)),
});
const unreadSnapshot = { item: NOT_READ };
const unreadImage = { resource: image, item: NOT_READ };

const FIXTURES: Record<string, Fixture> = {
  'resource-not-owned': { trips: { item: known(null) }, unread: { item: NOT_READ } },
  'resource-itself-received': { trips: snapshotOf({ received: true }), unread: unreadSnapshot },
  'wrong-region': {
    passes: { item: known(null) },
    trips: { item: known(null), elsewhere: known(['cn-shanghai']) },
    unread: { item: known(null), elsewhere: NOT_READ },
  },
  'type-not-in-region': { trips: { resource: resource('ROSTemplate', '5ecd1e10') } },
  'id-not-of-type': { trips: { resource: resource('Snapshot', 'm-1') } },
  'type-not-offered': { trips: { offeredTypes: known([]) }, unread: { offeredTypes: NOT_READ } },
  'snapshot-under-service-key': {
    passes: { ...snapshotOf({ encrypted: true }), keys: customer },
    trips: { ...snapshotOf({ encrypted: true }), keys: service },
    unread: { ...snapshotOf({ encrypted: true }), keys: NOT_READ },
  },
  'snapshot-of-imported-image': { trips: snapshotOf({ ofImportedImage: true }), unread: unreadSnapshot },
  'snapshot-from-marketplace': { trips: snapshotOf({ productCode: 'cmjj1' }), unread: unreadSnapshot },
  'snapshot-not-accomplished': { trips: snapshotOf({ status: 'progressing' }), unread: unreadSnapshot },
  'snapshot-archived': { trips: snapshotOf({ category: 'archive' }), unread: unreadSnapshot },
  'snapshot-accounts-exceeded': {
    passes: { shares: known([share(['s-1'], crowd.slice(0, 63))]) },
    trips: { shares: known([share(['s-1'], crowd)]) },
    unread: { shares: NOT_READ },
  },
  'shared-snapshots-exceeded': {
    passes: {
      shares: known([
        share(
          Array.from({ length: 1_023 }, (_, at) => `s-${at + 2}`),
          [],
        ),
      ]),
    },
    trips: {
      shares: known([
        share(
          Array.from({ length: 1_024 }, (_, at) => `s-${at + 2}`),
          [],
        ),
      ]),
    },
    unread: { shares: NOT_READ },
  },
  'image-under-service-key': {
    passes: { ...imageOf({ encrypted: true }), keys: customer },
    trips: { ...imageOf({ encrypted: true }), keys: service },
    unread: { ...imageOf({ encrypted: true }), keys: NOT_READ },
  },
  'image-from-marketplace': {
    passes: imageOf({}),
    trips: imageOf({ productCode: 'cmjj1' }),
    unread: unreadImage,
  },
  'image-not-available': { passes: imageOf({}), trips: imageOf({ status: 'Creating' }), unread: unreadImage },
  'image-is-public': { passes: imageOf({}), trips: imageOf({ isPublic: true }), unread: unreadImage },
  'image-encrypted-in-parts': {
    passes: { ...imageOf({ encrypted: true, snapshotCount: 2 }), principal: FOLDER },
    trips: imageOf({ encrypted: true, snapshotCount: 2 }),
    unread: unreadImage,
  },
  'image-accounts-exceeded': {
    passes: { resource: image, imageAccounts: known(crowd.slice(0, 49)) },
    trips: { resource: image, imageAccounts: known(crowd.slice(0, 50)) },
    unread: { resource: image, imageAccounts: NOT_READ },
  },
  'image-shared-other-way': {
    passes: { resource: image, principal: PARTNER, shares: known([share(['m-1'], [FOLDER.id])]) },
    trips: { resource: image, shares: known([share(['m-1'], [FOLDER.id])]) },
    unread: { resource: image, shares: NOT_READ },
  },
  'key-role-missing': {
    passes: { keys: customer, keyRole: known({ trustedServices: [] }) },
    trips: { keys: customer, keyRole: known(null) },
    unread: { keys: customer, keyRole: NOT_READ },
  },
  'key-role-distrusts': {
    passes: { keys: customer, keyRole: known({ trustedServices: [`${MEMBER.id}@ecs.aliyuncs.com`] }) },
    trips: { keys: customer, keyRole: known({ trustedServices: [`${PARTNER.id}@ecs.aliyuncs.com`] }) },
    unread: { keys: customer, keyRole: NOT_READ },
  },
  'shares-exceeded': {
    passes: {
      settings: { ...DEFAULT_PREFLIGHT_SETTINGS, sharesPerAccountMax: 1 },
      shares: known([share(['s-9'], [MEMBER.id])]),
    },
    trips: {
      settings: { ...DEFAULT_PREFLIGHT_SETTINGS, sharesPerAccountMax: 1 },
      shares: known([share(['s-9'], [PARTNER.id])]),
    },
    unread: { shares: NOT_READ },
  },
  'shared-resources-exceeded': {
    passes: {
      settings: { ...DEFAULT_PREFLIGHT_SETTINGS, sharedResourcesPerAccountMax: 1 },
      shares: known([share(['s-1'], [PARTNER.id])]),
    },
    trips: {
      settings: { ...DEFAULT_PREFLIGHT_SETTINGS, sharedResourcesPerAccountMax: 1 },
      shares: known([share(['s-9'], [PARTNER.id])]),
    },
    unread: { shares: NOT_READ },
  },
  'directory-sharing-off': {
    passes: { principal: PARTNER, directorySharing: known(false) },
    trips: { directorySharing: known(false) },
    unread: { directorySharing: NOT_READ },
  },
  'outside-not-allowed': {
    passes: { settings: { ...DEFAULT_PREFLIGHT_SETTINGS, externalSharing: false } },
    trips: { principal: PARTNER, settings: { ...DEFAULT_PREFLIGHT_SETTINGS, externalSharing: false } },
    unread: {
      principal: PARTNER,
      settings: { ...DEFAULT_PREFLIGHT_SETTINGS, externalSharing: false },
      directory: NOT_READ,
    },
  },
  'other-directory': {
    passes: { principal: DIRECTORY },
    trips: { principal: { type: 'directory', id: 'rd-other' } },
    unread: { principal: DIRECTORY, directory: NOT_READ },
  },
  'other-site': { trips: { principal: PARTNER, site: known('other') }, unread: { site: NOT_READ } },
  'own-account': { trips: { principal: { type: 'account', id: OWNER } } },
  'target-unknown': {
    passes: { principal: FOLDER },
    trips: { principal: { type: 'folder', id: 'fd-gone' } },
    unread: { principal: FOLDER, directory: NOT_READ },
  },
  'target-being-removed': {
    passes: { directory: known(directory(member({ deletionStatus: 'CheckFailed' }))) },
    trips: { directory: known(directory(member({ deletionStatus: 'Checking' }))) },
    unread: { directory: NOT_READ },
  },
  'key-not-enabled': {
    passes: { keys: customer },
    trips: { keys: known([key({ state: 'Disabled' })]) },
    unread: { keys: NOT_READ },
  },
  'snapshot-retention-over': {
    passes: snapshotOf({ creationMs: NOW_MS - 30 * DAY_MS + 1, retentionDays: 30 }),
    trips: snapshotOf({ creationMs: NOW_MS - 30 * DAY_MS, retentionDays: 30 }),
    unread: unreadSnapshot,
  },
  'already-granted': {
    passes: { grant: grantUntil(NOW_MS + DAY_MS) },
    trips: { grant: grantUntil(null) },
  },
  'permanent-becomes-1096-days': { trips: snapshotOf({ retentionDays: null }) },
  'snapshot-kept-and-billed': {
    passes: snapshotOf({ retentionDays: null }),
    trips: snapshotOf({ retentionDays: 30 }),
  },
  'receiver-cannot-roll-back': { passes: { resource: image }, trips: {} },
  'receiver-cannot-make-image': { passes: { resource: image }, trips: {} },
  'receiver-needs-essd': { trips: snapshotOf({ encrypted: true }) },
  'receiver-must-change-key': { trips: snapshotOf({ encrypted: true }) },
  'receiver-cannot-reset-disks': { passes: { resource: resource('VSwitch', 'vsw-1') }, trips: {} },
  'receiver-instances-hold-it': { trips: { resource: resource('DeploymentSet', 'ds-1') } },
};

function grantUntil(endMs: number | null): Facts['grant'] {
  return {
    principal: MEMBER,
    windows: [{ requestId: 'req-1', startMs: 0, endMs }],
    sight: { is: 'granted', sinceMs: 0, via: { by: 'image-permission' } },
  };
}

/** No fact makes these pass, or fail: each has a test of its own below. */
const ALWAYS = ['receiver-cannot-share-on', 'type-not-for-outside'];

describe('every rule', () => {
  it('has fixtures', () => {
    const codes = RULES.map(({ code }) => code);
    expect(Object.keys(FIXTURES).concat(ALWAYS).toSorted()).toEqual(codes.toSorted());
  });

  it('is in the list that people read', () => {
    const file = readFileSync('shared/domain/sharing/preflight/README.md', 'utf8');
    const rows = file.split('\n').map((row) => row.replace(/ +/g, ' '));
    for (const { code, severity, sentence } of RULES) {
      expect(rows).toContain(`| \`${code}\` | ${severity} | ${sentence} |`);
    }
  });

  it('has a code, a sentence, a fix and a page of its own right', () => {
    expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
    for (const { sentence, fix, source } of RULES) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/^https:\/\/www\.alibabacloud\.com\/help\/en\/.+/);
    }
  });
});

describe.each(RULES.filter(({ code }) => !ALWAYS.includes(code)))('$code', (rule) => {
  const fixture = FIXTURES[rule.code];

  it('passes what it is not about', () => {
    expect(rule.judge(facts(fixture?.passes)).is).toBe('pass');
  });

  it('trips on what it is about', () => {
    expect(rule.judge(facts(fixture?.trips)).is).toBe('fail');
  });
});

describe.each(RULES.filter(({ code }) => FIXTURES[code]?.unread !== undefined))('$code', (rule) => {
  it('does not know what nobody could read', () => {
    const judgement = rule.judge(facts(FIXTURES[rule.code]?.unread));
    expect(judgement).toEqual({ is: 'unknown', why: 'Forbidden.RAM: no' });
  });
});

describe('rules with more than two sides', () => {
  const judge = (code: string, change: Partial<Facts>) =>
    RULES.find((rule) => rule.code === code)?.judge(facts(change)).is;

  it('tell every receiver that what was received cannot be shared on', () => {
    expect(judge('receiver-cannot-share-on', {})).toBe('fail');
  });

  it('do not know whether a prefix list may leave the directory, and know that a snapshot may', () => {
    const prefixList = resource('PrefixList', 'pl-1');
    expect(judge('type-not-for-outside', { resource: prefixList, principal: PARTNER })).toBe('unknown');
    expect(judge('type-not-for-outside', { resource: prefixList })).toBe('pass');
    expect(judge('type-not-for-outside', { principal: PARTNER })).toBe('pass');
  });

  it('count a folder both ways against the 64 accounts, and know only what holds for both', () => {
    const many = accounts(40).map(({ id }) => member({ accountId: id }));
    const given = share(
      ['s-1'],
      accounts(90)
        .slice(50)
        .map(({ id }) => id),
    );
    const asked = { principal: FOLDER, shares: known([given]), directory: known(directory(...many)) };
    expect(judge('snapshot-accounts-exceeded', asked)).toBe('unknown');
    const few = { ...asked, directory: known(directory(member())) };
    expect(judge('snapshot-accounts-exceeded', few)).toBe('pass');
  });

  it('see an image asked for twice in one request', () => {
    const wish = { resources: [image], principals: [MEMBER, FOLDER], startMs: null, endMs: null };
    expect(judge('image-shared-other-way', { resource: image, wish })).toBe('fail');
  });

  it('see a folder whose member is on the list of the image', () => {
    const listed = { resource: image, principal: FOLDER, imageAccounts: known([MEMBER.id]) };
    expect(judge('image-shared-other-way', listed)).toBe('fail');
    expect(judge('image-shared-other-way', { ...listed, imageAccounts: known([PARTNER.id]) })).toBe('pass');
  });

  it('leave open whether a role that trusts the directory trusts its members, and know it does not trust others', () => {
    const keyRole = known({ trustedServices: ['rd-own@ecs.aliyuncs.com'] });
    expect(judge('key-role-distrusts', { keys: known([key()]), keyRole })).toBe('unknown');
    expect(judge('key-role-distrusts', { keys: known([key()]), keyRole, principal: PARTNER })).toBe('fail');
  });

  it('take a grant that failed for none', () => {
    const grant = grantUntil(null);
    const sight = { is: 'failed', sinceMs: 0, reason: 'left', detail: '' } as const;
    expect(judge('already-granted', { grant: grant === null ? null : { ...grant, sight } })).toBe('pass');
  });

  it('say of a resource in another region that it is there, and not that it is missing', () => {
    const elsewhere = { item: known(null), elsewhere: known(['cn-shanghai']) };
    expect(judge('resource-not-owned', elsewhere)).toBe('pass');
    expect(judge('wrong-region', elsewhere)).toBe('fail');
  });
});
