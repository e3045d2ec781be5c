import { CURRENCIES, type Currency } from './domain/findings/prices';
import { DEFAULT_PREFLIGHT_SETTINGS, type PreflightSettings } from './domain/sharing/preflight/settings';
import {
  RESOURCE_TYPES,
  type ResourceType,
  type TypeOverride,
  type TypeOverrides,
} from './domain/sharing/resource-types';

/** What an installation is set to, read from the environment once, when an instance starts. */
export interface Configuration {
  tablestore: { endpoint: string; instance: string };
  /** Regions in which resources may be shared and are swept. */
  regionIds: string[];
  /** Owner accounts besides the function's own, reached through `memberRole`. */
  accountIds: string[];
  memberRole: string;
  /** Owner accounts whose invitations to our accounts are accepted without asking anybody. */
  acceptFrom: string[];
  /** Whose tokens are believed, for whom, and which claim of theirs names a person's groups. */
  oidc: { issuer: string; audience: string; groupsClaim: string };
  /** Endpoints other than the public ones, by `<Product>/<region>`; either part may be `*`. */
  endpoints: Record<string, string>;
  /** Where the provider names a type of resource otherwise than documented: our name of the type, and what differs. */
  resourceTypes: TypeOverrides;
  /** What preflight goes by: quotas that were raised, and whether anything may leave the directory. */
  preflight: Omit<PreflightSettings, 'unknownBlocks'>;
  /** What amounts are told in: the currency of the account's site. */
  currency: Currency;
  /** Whether webhooks may go to plain http on loopback: development only. */
  webhookLoopback: 'allow' | 'refuse';
}

export class ConfigurationError extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(`sharekeeper cannot start, its environment is wrong:\n${reasons.map((r) => `- ${r}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.reasons = reasons;
  }
}

/** Reads every setting, and refuses with every reason at once. */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const reasons: string[] = [];
  const text = (name: string): string => {
    const value = environment[name]?.trim() ?? '';
    if (value === '') reasons.push(`${name} is not set`);
    return value;
  };
  const url = (name: string): string => {
    const value = text(name);
    if (value !== '' && !URL.canParse(value)) reasons.push(`${name} is not a URL: ${value}`);
    return value;
  };
  const list = (name: string, pattern: RegExp, what: string): string[] =>
    itemsIn(name, text(name), pattern, what);
  const itemsIn = (name: string, written: string, pattern: RegExp, what: string): string[] => {
    const items = written
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    for (const item of items)
      if (!pattern.test(item)) reasons.push(`${name} holds "${item}", which is not ${what}`);
    return items;
  };

  const configuration: Configuration = {
    tablestore: {
      endpoint: url('SHAREKEEPER_TABLESTORE_ENDPOINT'),
      instance: text('SHAREKEEPER_TABLESTORE_INSTANCE'),
    },
    regionIds: list('SHAREKEEPER_REGIONS', /^[a-z]{2}-[a-z0-9-]+$/, 'a region id'),
    accountIds: list(
      'SHAREKEEPER_ACCOUNTS',
      /^(own|\d{16})$/,
      'an account id of 16 digits (or "own")',
    ).filter((item) => item !== 'own'),
    memberRole: text('SHAREKEEPER_MEMBER_ROLE'),
    acceptFrom: itemsIn(
      'SHAREKEEPER_ACCEPT_FROM',
      environment.SHAREKEEPER_ACCEPT_FROM ?? 'none',
      /^(none|\d{16})$/,
      'an account id of 16 digits (or "none")',
    ).filter((item) => item !== 'none'),
    oidc: {
      issuer: url('SHAREKEEPER_OIDC_ISSUER'),
      audience: text('SHAREKEEPER_OIDC_AUDIENCE'),
      groupsClaim: environment.SHAREKEEPER_GROUPS_CLAIM?.trim() || 'groups',
    },
    endpoints: endpointsFrom(text('SHAREKEEPER_ENDPOINTS'), reasons),
    resourceTypes: typeOverridesFrom(environment.SHAREKEEPER_RESOURCE_TYPES ?? '', reasons),
    preflight: preflightFrom(environment.SHAREKEEPER_PREFLIGHT ?? '', reasons),
    currency: currencyFrom(text('SHAREKEEPER_CURRENCY'), reasons),
    webhookLoopback: environment.SHAREKEEPER_WEBHOOK_LOOPBACK === 'allow' ? 'allow' : 'refuse',
  };
  if (reasons.length > 0) throw new ConfigurationError(reasons);
  return configuration;
}

/** The address of a product in a region that differs from the public one: the most specific setting wins. */
export function endpointOf(
  configuration: Configuration,
  product: string,
  regionId: string,
): string | undefined {
  const { endpoints } = configuration;
  return (
    endpoints[`${product}/${regionId}`] ??
    endpoints[`${product}/*`] ??
    endpoints[`*/${regionId}`] ??
    endpoints['*/*']
  );
}

function currencyFrom(written: string, reasons: string[]): Currency {
  const currency = CURRENCIES.find((known) => known === written);
  if (currency === undefined && written !== '') {
    reasons.push(`SHAREKEEPER_CURRENCY is ${written}, and not one of ${CURRENCIES.join(', ')}`);
  }
  return currency ?? CURRENCIES[0];
}

function endpointsFrom(json: string, reasons: string[]): Record<string, string> {
  const endpoints: Record<string, string> = {};
  for (const [key, value] of Object.entries(objectIn('SHAREKEEPER_ENDPOINTS', json, reasons))) {
    if (!/^[A-Za-z*]+\/[a-z0-9*-]+$/.test(key)) {
      reasons.push(`SHAREKEEPER_ENDPOINTS has the key "${key}", which is not <Product>/<region>`);
    } else if (typeof value !== 'string' || !URL.canParse(value)) {
      reasons.push(`SHAREKEEPER_ENDPOINTS has no URL at "${key}"`);
    } else {
      endpoints[key] = value;
    }
  }
  return endpoints;
}

function typeOverridesFrom(json: string, reasons: string[]): TypeOverrides {
  const name = 'SHAREKEEPER_RESOURCE_TYPES';
  const overrides: TypeOverrides = {};
  for (const [type, value] of Object.entries(objectIn(name, json, reasons))) {
    if (!isResourceType(type)) {
      reasons.push(`${name} has the type "${type}", which is none of ${RESOURCE_TYPES.join(', ')}`);
    } else if (!isTypeOverride(value)) {
      reasons.push(
        `${name} says of ${type} something else than resourceType, permissionName and namedBy (id or arn)`,
      );
    } else {
      overrides[type] = value;
    }
  }
  return overrides;
}

function isResourceType(name: string): name is ResourceType {
  return RESOURCE_TYPES.some((type) => type === name);
}

function isTypeOverride(value: unknown): value is TypeOverride {
  if (value === null || typeof value !== 'object') return false;
  const isName = (text: unknown) => typeof text === 'string' && /^[A-Za-z]{1,100}$/.test(text);
  return Object.entries(value).every(([field, said]) => {
    if (field === 'namedBy') return said === 'id' || said === 'arn';
    return (field === 'resourceType' || field === 'permissionName') && isName(said);
  });
}

function preflightFrom(json: string, reasons: string[]): Configuration['preflight'] {
  const name = 'SHAREKEEPER_PREFLIGHT';
  const { unknownBlocks: _, ...settings } = DEFAULT_PREFLIGHT_SETTINGS;
  for (const [key, value] of Object.entries(objectIn(name, json, reasons))) {
    if (key === 'externalSharing' && typeof value === 'boolean') settings[key] = value;
    else if (isQuota(key) && Number.isInteger(value) && Number(value) > 0) settings[key] = Number(value);
    else reasons.push(`${name} has no setting "${key}" that may be ${JSON.stringify(value)}`);
  }
  return settings;
}

function isQuota(key: string): key is 'sharesPerAccountMax' | 'sharedResourcesPerAccountMax' {
  return key === 'sharesPerAccountMax' || key === 'sharedResourcesPerAccountMax';
}

/** The object in a setting that is JSON; without any where it is not set, or wrong. */
function objectIn(name: string, json: string, reasons: string[]): object {
  if (json.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(json);
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
    reasons.push(`${name} is not a JSON object`);
  } catch {
    reasons.push(`${name} is not JSON`);
  }
  return {};
}
