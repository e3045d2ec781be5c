import type { KnownDirectory } from '../../../../../shared/domain/directory/known-directory';
import type { AllowRule, DenyRule, Policy, Rule } from '../../../../../shared/domain/sharing/policy/policy';
import { principalOf } from '../../../../../shared/domain/sharing/principal';
import type { Person, Role } from '../../../../../shared/domain/sharing/person';
import type { Wish } from '../../../../../shared/domain/sharing/wish';

/** 2026-11-21T08:00:00Z */
export const NOW_MS = 1_795_248_000_000;
export const DAY_MS = 86_400_000;

export const OWNER = '1600000000000001';
export const MEMBER = '1600000000000002';
export const OTHER_MEMBER = '1600000000000003';
export const OUTSIDER = '1600000000000009';

export function someone(name: string, roles: Role[], groups: string[] = []): Person {
  return { subject: `https://issuer.test|${name}`, name, roles, groups };
}

export const REN = someone('ren', ['requester'], ['data']);

/** `r-root` holds `fd-dev` with MEMBER, in it `fd-deep`, and beside it `fd-ops` with OTHER_MEMBER. */
export const KNOWN: KnownDirectory = {
  readMs: NOW_MS,
  edition: 1,
  directory: {
    directoryId: 'rd-abc',
    managementAccountId: OWNER,
    rootFolderId: 'r-root',
    members: {
      [MEMBER]: member(MEMBER, 'fd-deep'),
      [OTHER_MEMBER]: member(OTHER_MEMBER, 'fd-ops'),
    },
    folders: {
      'r-root': { folderId: 'r-root', folderName: 'Root', parentFolderId: null },
      'fd-dev': { folderId: 'fd-dev', folderName: 'Dev', parentFolderId: 'r-root' },
      'fd-deep': { folderId: 'fd-deep', folderName: 'Deep', parentFolderId: 'fd-dev' },
      'fd-ops': { folderId: 'fd-ops', folderName: 'Ops', parentFolderId: 'r-root' },
    },
  },
};

function member(accountId: string, folderId: string) {
  return {
    accountId,
    displayName: accountId,
    folderId,
    status: 'CreateSuccess',
    deletionStatus: '',
    joinMs: 0,
  };
}

export function allow(changes: Partial<AllowRule> = {}): AllowRule {
  return {
    name: 'backups',
    effect: 'allow',
    who: {},
    what: {},
    whom: ['anyone'],
    longestDays: 30,
    reasonCharactersMin: 0,
    ticketPattern: null,
    approval: [{ who: { roles: ['approver'] }, count: 1 }],
    ...changes,
  };
}

export function deny(changes: Partial<DenyRule> = {}): DenyRule {
  return {
    name: 'crown-jewels',
    effect: 'deny',
    who: {},
    what: {},
    whom: ['anyone'],
    because: 'These never leave.',
    ...changes,
  };
}

export function policyOf(...rules: Rule[]): Policy {
  return { rules, pendingLapsesAfterHours: 48, unknownBlocks: false, breakGlass: null };
}

export function wish(principalIds: string[], changes: Partial<Wish> = {}): Wish {
  return {
    resources: [
      { ownerAccountId: OWNER, regionId: 'cn-hangzhou', resourceType: 'Snapshot', resourceId: 's-prod-1' },
    ],
    principals: principalIds.map((id) => {
      const principal = principalOf(id);
      if (principal === null) throw new Error(`${id} is no principal`);
      return principal;
    }),
    reason: 'The restore drill needs it',
    ticket: null,
    startMs: null,
    endMs: NOW_MS + DAY_MS,
    ...changes,
  };
}
