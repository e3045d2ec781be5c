import type { Role } from '../person';
import type { ResourceType } from '../resource';

/**
 * Who may share what with whom, for how long, and who has to agree. Plain JSON that an operator uploads; a request is
 * judged once, by the version that stood when it was made.
 */
export interface Policy {
  /** Read from the top: of the allowing rules that fit, the first one counts. A denying rule that touches wins over all. */
  rules: Rule[];
  /** A request that nobody decides lapses after this. */
  pendingLapsesAfterHours: number;
  /** Whether a request is refused when preflight could not read what it has to know. */
  unknownBlocks: boolean;
  /** null = nobody gets access before somebody agrees. */
  breakGlass: BreakGlassRule | null;
}

export type Rule = AllowRule | DenyRule;

interface RuleScope {
  /** Unique in its policy; refusals and requests name it. */
  name: string;
  who: Who;
  what: What;
  /** Any of them. */
  whom: Whom[];
}

export interface AllowRule extends RuleScope {
  effect: 'allow';
  /** null = may be left open. A request without an end gets this one. */
  longestDays: number | null;
  reasonCharactersMin: number;
  /** A pattern that the request's ticket has to match; null = none needed. */
  ticketPattern: string | null;
  approval: 'auto' | ApprovalNeeded[];
}

export interface DenyRule extends RuleScope {
  effect: 'deny';
  /** Told to whoever is refused. */
  because: string;
}

/** People by what their token says: one of each list that is there. Nothing said = everybody. */
export interface Who {
  roles?: Role[];
  groups?: string[];
  subjects?: string[];
}

/** Resources by one of each list that is there. All but types are patterns. */
export interface What {
  resourceTypes?: ResourceType[];
  ownerAccountIds?: string[];
  regionIds?: string[];
  resourceIds?: string[];
}

/**
 * Principals: an account, a folder with everything below it (`fd-…`, `r-…`), any single account or folder of the
 * directory, the directory as a whole, any account outside of it, or anyone.
 */
export type Whom = 'anyone' | 'inside' | 'outside' | 'directory' | (string & {});

/** So many of these people have to agree. One vote counts for every group that its voter is in. */
export interface ApprovalNeeded {
  who: Who;
  count: number;
}

export interface BreakGlassRule {
  who: Who;
  longestHours: number;
  reasonCharactersMin: number;
  /** Whether the caller has to repeat a sentence that says what is about to happen. */
  confirmation: boolean;
  /** An approver has to look at it afterwards, within this. */
  reviewWithinHours: number;
}

/** A policy that was uploaded, under the name that requests refer to. */
export interface PolicyVersion {
  version: string;
  /** 0 for the one that came with sharekeeper; the others are numbered as they come. */
  number: number;
  policy: Policy;
  /** null = it came with sharekeeper. */
  uploaded: { by: { subject: string; name: string }; atMs: number } | null;
}

/** Which version stands, under the aggregate id `current`; without it the one that came with sharekeeper does. */
export interface PolicyPointer {
  version: string;
  number: number;
}

export const RULES_MAX = 100;
/** Entries of any list within a rule. */
export const RULE_ENTRIES_MAX = 100;
export const PATTERN_CHARACTERS_MAX = 100;
export const APPROVAL_GROUPS_MAX = 5;
/** Bounded, so that everybody may vote at once and none is told to try again. */
export const APPROVALS_PER_GROUP_MAX = 10;
export const LONGEST_DAYS_MAX = 3_650;
export const HOURS_MAX = 8_760;
