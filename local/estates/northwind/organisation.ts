import { DAY_MS } from '../../cloud/times';
import type { Account, Directory } from '../../cloud/world';
import { accessKeyOf, account, directory, member, withFunctionRole, withMemberRoles } from '../accounts';
import type { Random } from '../random';

/** Who is there: every account, the directory, and the accounts that the resources are spread over. */
export interface Organisation {
  accounts: Account[];
  directory: Directory;
  /** Folder ids by path, e.g. `business/retail/production`. */
  folders: Record<string, string>;
  /** Account ids by display name. */
  ids: Record<string, string>;
  partners: [string, ...string[]];
  internationalAccountId: string;
}

const MANAGEMENT = 'Northwind Management';
const PARTNERS = ['Fabrikam Hosting', 'Contoso Labs', 'Tailspin Logistics'] as const;
const INTERNATIONAL = 'Northwind Overseas';

/** The folders below the root in the order they were made, and the members in each: 40 in all. */
const FOLDERS: readonly (readonly [path: string, members: readonly string[]])[] = [
  ['platform', []],
  ['platform/shared-services', ['Image Factory', 'Network Hub', 'Backup Vault']],
  ['platform/security', ['Security Audit', 'Key Custody']],
  ['platform/observability', ['Log Archive', 'Metrics']],
  ['business', []],
  ['business/retail', ['Retail Data']],
  [
    'business/retail/production',
    ['Retail Web', 'Retail Orders', 'Retail Payments', 'Retail Search', 'Retail Stores'],
  ],
  ['business/retail/staging', ['Retail Web Staging', 'Retail Orders Staging', 'Retail Payments Staging']],
  ['business/logistics', ['Logistics Data']],
  ['business/logistics/production', ['Warehouse', 'Fleet', 'Customs', 'Routing']],
  ['business/logistics/production/cold-chain', ['Cold Storage', 'Cold Fleet']],
  ['business/logistics/staging', ['Warehouse Staging', 'Fleet Staging']],
  ['business/finance', ['Ledger', 'Treasury', 'Payroll', 'Reporting']],
  ['sandbox', ['Sandbox One', 'Sandbox Two', 'Sandbox Three', 'Sandbox Four', 'Sandbox Five', 'Sandbox Six']],
  ['acquired', ['Adventure Works', 'Wide World Importers', 'Proseware', 'Litware']],
  ['suspended', []],
];
const ROOT_MEMBERS = ['Legacy Mainframe'];

export function organisation(seed: number, random: Random, nowMs: number): Organisation {
  const ids: Record<string, string> = {};
  const make = (name: string, site: Account['site'] = 'china'): Account => {
    const accountId = newAccountId(Object.values(ids), random);
    ids[name] = accountId;
    return account(accountId, name, site, accessKeyOf('northwind', seed, accountId));
  };
  const management = withFunctionRole(make(MANAGEMENT));
  const createMs = nowMs - 900 * DAY_MS;
  const northwind = directory(random.id('', 6), management.accountId, createMs);
  const folders = addFolders(northwind, random, createMs);
  const accounts = [management];
  for (const [path, names] of [['', ROOT_MEMBERS] as const, ...FOLDERS]) {
    for (const name of names) {
      const joining = withMemberRoles(make(name), management.accountId, [northwind.resourceDirectoryId]);
      const joinMs = createMs + random.int(1, 600) * DAY_MS;
      northwind.members[joining.accountId] = {
        ...member(joining, folders[path] ?? northwind.rootFolderId, joinMs),
        ...(path === 'acquired'
          ? { type: 'CloudAccount', joinMethod: 'invited', status: 'InviteSuccess' }
          : {}),
      };
      accounts.push(joining);
    }
  }
  const [first, ...others] = PARTNERS.map((name) => make(name));
  if (first === undefined) throw new Error('northwind needs a partner');
  const overseas = make(INTERNATIONAL, 'international');
  northwind.delegatedAdministrators.push(ids['Security Audit'] ?? management.accountId);
  return {
    accounts: [...accounts, first, ...others, overseas],
    directory: northwind,
    folders,
    ids,
    partners: [first.accountId, ...others.map(({ accountId }) => accountId)],
    internationalAccountId: overseas.accountId,
  };
}

function addFolders(to: Directory, random: Random, createMs: number): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const [index, [path]] of FOLDERS.entries()) {
    const folderId = random.id('fd-', 10);
    const [folderName = path, ...above] = path.split('/').toReversed();
    const parentFolderId = ids[above.toReversed().join('/')] ?? to.rootFolderId;
    to.folders[folderId] = {
      folderId,
      parentFolderId,
      folderName,
      createMs: createMs + (index + 1) * DAY_MS,
    };
    ids[path] = folderId;
  }
  return ids;
}

/** 16 digits, the first of them 1, so that the id is exact as a JSON number. */
function newAccountId(taken: readonly string[], random: Random): string {
  for (;;) {
    const digits = Array.from({ length: 15 }, () => random.int(0, 9)).join('');
    if (!taken.includes(`1${digits}`)) return `1${digits}`;
  }
}
