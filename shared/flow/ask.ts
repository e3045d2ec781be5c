import { OWN_DIRECTORY } from '../domain/directory/known-directory';
import type { PreflightReport } from '../domain/sharing/preflight-report';
import { newRequest, type Allowed } from '../domain/sharing/new-request';
import { judgeBreakGlass, type BreakGlassAsked } from '../domain/sharing/policy/break-glass';
import { judgePolicy } from '../domain/sharing/policy/judge-policy';
import type { PolicyVersion } from '../domain/sharing/policy/policy';
import type { ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import { problemsOf, type Wish } from '../domain/sharing/wish';
import { enterLedgers } from './enter-ledgers';
import { currentPolicy } from './policies';
import type { Aggregates, Stored } from './ports';
import { preflight, type PreflightPorts } from './preflight';
import { no, yes, type Answer } from './refusal';
import { eventsOfNew } from './request-events';
import { requestLists, REQUESTS_DUE } from './request-streams';
import { NO_TERMS, type Terms } from './terms';

export type AskPorts = PreflightPorts & { newId: () => string };

/** What a wish comes with besides itself. */
export interface Asking {
  extensionOf: string | null;
  breakGlass: BreakGlassAsked | null;
}

const PLAINLY: Asking = { extensionOf: null, breakGlass: null };

/**
 * A person asks that principals get access to resources, and the policy says who has to agree; where nobody has to, it
 * is approved at once. Everything wrong with the wish is said at once.
 */
export async function ask(
  ports: AskPorts,
  person: Person,
  wish: Wish,
  terms: Terms = NO_TERMS,
  asking: Asking = PLAINLY,
): Promise<Answer<Stored<ShareRequest>>> {
  if (!person.roles.includes('requester')) return no({ reason: 'role-needed', needs: ['requester'] });
  const requestId = `req-${ports.newId()}`;
  const made = terms.again ? await ports.aggregates.load('request', requestId) : null;
  if (made !== null) return yes(await enterLedgers(ports, made));
  const judgement = await judged(ports, person, wish, asking);
  if (!judgement.ok) return judgement;
  const { policy, allowed, report, nowMs } = judgement.value;
  if (report.outcome === 'refused') return no({ reason: 'preflight-refused', report });

  const { extensionOf } = asking;
  const request: ShareRequest = {
    ...newRequest({ requestId, by: person, atMs: nowMs, extensionOf }, wish, policy, allowed),
    preflight: report,
  };
  const saved = await ports.aggregates.save('request', request.requestId, null, {
    doc: request,
    events: eventsOfNew(request),
    lists: requestLists(request),
    due: duesOf(request, nowMs).map((dueMs) => ({ queue: REQUESTS_DUE, dueMs })),
  });
  // A conflict is another attempt at this very call: the id is its alone.
  const stored =
    saved === 'saved' ? { doc: request, version: 1 } : await ports.aggregates.load('request', requestId);
  return stored === null ? no({ reason: 'busy' }) : yes(await enterLedgers(ports, stored));
}

/** What would come of asking: the form and the policy are judged as ever, and nothing is written. */
export async function dryRun(
  ports: PreflightPorts,
  person: Person,
  wish: Wish,
  asking: Asking = PLAINLY,
): Promise<Answer<PreflightReport>> {
  if (!person.roles.includes('requester')) return no({ reason: 'role-needed', needs: ['requester'] });
  const judgement = await judged(ports, person, wish, asking);
  return judgement.ok ? yes(judgement.value.report) : judgement;
}

interface Judged {
  policy: PolicyVersion;
  allowed: Allowed;
  report: PreflightReport;
  nowMs: number;
}

/** Form first, then the policy, then the provider: each only when the one before has nothing to say. */
async function judged(
  ports: PreflightPorts,
  person: Person,
  wish: Wish,
  asking: Asking,
): Promise<Answer<Judged>> {
  const nowMs = ports.clock.nowMs();
  const problems = problemsOf(wish, ports.places, nowMs);
  if (problems.length > 0) return no({ reason: 'invalid', problems });
  const policy = await currentPolicy(ports);
  const allowed = await judgedByPolicy(ports, policy, person, wish, asking, nowMs);
  if (!allowed.ok) return allowed;
  const asked = { ...wish, endMs: allowed.value.endMs };
  const report = await preflight(ports, asked, policy.policy);
  return yes({ policy, allowed: allowed.value, report, nowMs });
}

async function judgedByPolicy(
  ports: { aggregates: Aggregates },
  { version, policy }: PolicyVersion,
  person: Person,
  wish: Wish,
  { breakGlass }: Asking,
  nowMs: number,
): Promise<Answer<Allowed>> {
  const directory = await ports.aggregates.load('directory', OWN_DIRECTORY);
  const byRules = judgePolicy(policy, person, wish, directory?.doc ?? null, nowMs);
  const byGlass = breakGlass === null ? null : judgeBreakGlass(policy, person, wish, breakGlass, nowMs);
  const reasons = [
    ...(byRules.is === 'refused' ? byRules.reasons : []),
    ...(byGlass?.is === 'refused' ? byGlass.reasons : []),
  ];
  if (byRules.is === 'refused' || byGlass?.is === 'refused') {
    return no({ reason: 'policy-refused', policyVersion: version, reasons });
  }
  if (byGlass?.is === 'confirmation-needed') {
    return no({ reason: 'confirmation-needed', sentence: byGlass.sentence });
  }
  const { rules, approvals, endMs } = byRules;
  if (byGlass === null || breakGlass === null) return yes({ rules, approvals, endMs, brokenGlass: null });
  return yes({
    rules,
    approvals,
    endMs: Math.min(byGlass.endMs, endMs ?? Infinity),
    brokenGlass: { reason: breakGlass.reason, reviewDueMs: byGlass.reviewDueMs },
  });
}

/** When somebody should look at a new request again: it lapses, has to reach the ledgers, or is to be reviewed. */
function duesOf({ state, breakGlass }: ShareRequest, nowMs: number): number[] {
  const review = breakGlass?.review.is === 'due' ? [breakGlass.review.dueMs] : [];
  return [state.is === 'pending' ? state.lapseMs : nowMs, ...review];
}
