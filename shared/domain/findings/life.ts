import { canonicalJson, type Json } from '../audit/canonical-json';
import type { NewEvent } from '../audit/event';
import type { Finding, Observed } from './finding';

/** What a look at a resource makes of a finding: the finding to keep, and the events that say what is new. */
export type Step = { is: 'keep' } | { is: 'write'; finding: Finding; events: NewEvent[] };

/**
 * The rule found it. `detail` 'partial' = something about it could not be read: it is opened all the same, but what is
 * known of an open finding is not replaced by less.
 */
export function found(
  known: Finding | null,
  observed: Observed,
  nowMs: number,
  by: string,
  detail: 'whole' | 'partial' = 'whole',
): Step {
  const seen: Finding = {
    ...observed,
    firstSeenMs: known?.firstSeenMs ?? nowMs,
    lastSeenMs: nowMs,
    state: { is: 'open' },
  };
  if (known === null) return written(seen, 'finding.opened', by);
  if (known.state.is === 'resolved') return written(seen, 'finding.opened', by, { reopened: true });
  if (detail === 'partial' || sayTheSame(known, observed)) {
    return { is: 'write', finding: { ...known, lastSeenMs: nowMs }, events: [] };
  }
  return written(seen, 'finding.changed', by);
}

/**
 * The rule did not find it, in a sweep that read everything: only that may close a finding. What could not be read is
 * unknown, and whoever knows no more than that must not come here.
 */
export function notFound(known: Finding | null, nowMs: number, by: string): Step {
  if (known === null || known.state.is === 'resolved') return { is: 'keep' };
  return written({ ...known, state: { is: 'resolved', atMs: nowMs } }, 'finding.resolved', by);
}

function sayTheSame(known: Finding, observed: Observed): boolean {
  const { firstSeenMs: _first, lastSeenMs: _last, state: _state, ...said } = known;
  return canonicalJson(said) === canonicalJson(observed);
}

function written(
  finding: Finding,
  type: 'finding.opened' | 'finding.changed' | 'finding.resolved',
  by: string,
  more: { [key: string]: Json } = {},
): Step {
  const { findingId, rule, severity, resource, title, cost } = finding;
  const data = {
    findingId,
    rule,
    severity,
    resource: { ...resource },
    title,
    cost: cost === null ? null : { ...cost },
    ...more,
  };
  return { is: 'write', finding, events: [{ type, by: { kind: 'function', name: by }, data }] };
}
