import type { ParameterSpec } from '../product';
import { DAY_MS } from '../times';

/** Source: Resource Sharing limits and the error texts of AssociateResourceShare (2026-02-26). */
export const ITEMS_PER_REQUEST = 5;
export const NAME_MAX_CHARACTERS = 50;
export const TAGS_MAX = 20;

/** Source: Resource Sharing API rate limits: reads 20 a second, writes 10, for one account and region. */
export const READS_PER_SECOND = 20;
export const WRITES_PER_SECOND = 10;

/** An invitation is valid for 7 days. */
export const INVITATION_VALID_MS = 7 * DAY_MS;

/** Failed and Disassociated associations and Deleted shares vanish after 48 to 96 hours. */
export const PURGE_AFTER_MIN_MS = 2 * DAY_MS;
export const PURGE_AFTER_MAX_MS = 4 * DAY_MS;

/** How long the provider takes is not documented; some seconds is what people see. */
export const ASSOCIATION_TAKES_MS = 3_000;
export const DELETION_TAKES_MS = 5_000;

export const PAGE_DEFAULT = 20;

/** MaxResults 1 to 100, default 20; NextToken up to 256 characters. */
export const PAGE_PARAMETERS = {
  MaxResults: { type: 'integer', minimum: 1, maximum: 100 },
  NextToken: { type: 'string', maxLength: 256 },
} as const satisfies Record<string, ParameterSpec>;

export const OWNER_PARAMETER = {
  ResourceOwner: { type: 'string', required: true, enum: ['Self', 'OtherAccounts'] },
} as const satisfies Record<string, ParameterSpec>;

/** Up to five texts, none twice. */
export const FIVE_TEXTS = {
  type: 'list',
  maxItems: ITEMS_PER_REQUEST,
  unique: true,
} as const satisfies ParameterSpec;
