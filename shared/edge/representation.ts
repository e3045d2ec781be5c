import type { Finding } from '../domain/findings/finding';
import type { SweepReport } from '../domain/findings/sweep';
import type { Grant, Ledger, Sight, Window } from '../domain/sharing/ledger';
import { lacking } from '../domain/sharing/policy/approvals';
import type { PolicyVersion } from '../domain/sharing/policy/policy';
import type {
  BrokenGlass,
  Decision,
  RequestState,
  Review,
  ShareRequest,
  Vote,
} from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import type { ResourceRef } from '../domain/sharing/resource';
import type { LoggedAttempt } from '../flow/ports';
import type { ShownEndpoint } from '../flow/webhook-endpoints';
import { preflightView } from './preflight-view';

/** How documents look from outside: times in ISO 8601 UTC, and nothing that is ours alone. */

/** A request by itself, with what preflight found. */
export function wholeRequestView(request: ShareRequest) {
  const { preflight } = request;
  return { ...requestView(request), preflight: preflight === undefined ? null : preflightView(preflight) };
}

/** A request among others. */
export function requestView(request: ShareRequest) {
  return {
    requestId: request.requestId,
    resources: request.resources,
    principals: request.principals,
    reason: request.reason,
    ticket: request.ticket,
    startsAt: isoOrNull(request.startMs),
    endsAt: isoOrNull(request.endMs),
    requestedBy: personView(request.requestedBy),
    createdAt: iso(request.createdMs),
    policyVersion: request.policyVersion,
    rules: request.rules,
    approvals: approvalsView(request),
    votes: request.votes.map(voteView),
    extensionOf: request.extensionOf,
    breakGlass: request.breakGlass === null ? null : breakGlassView(request.breakGlass),
    ...stateView(request.state),
  };
}

function stateView(state: RequestState) {
  switch (state.is) {
    case 'pending':
      return { status: state.is, lapsesAt: iso(state.lapseMs) };
    case 'approved':
    case 'denied':
      return { status: state.is, decision: decisionView(state.decision) };
    case 'withdrawn':
      return { status: state.is, withdrawnAt: iso(state.atMs) };
    case 'lapsed':
      return { status: state.is, lapsedAt: iso(state.atMs) };
    case 'revoked':
      return {
        status: state.is,
        decision: decisionView(state.decision),
        revocation: {
          by: personView(state.revokedBy),
          revokedAt: iso(state.revokedMs),
          reason: state.revokeReason,
        },
      };
  }
}

/** Who has to agree, with how many of them have not. */
function approvalsView({ approvals, votes }: ShareRequest) {
  const lacks = lacking(approvals, votes);
  return approvals.map((approval, at) => ({ ...approval, lacking: lacks[at] ?? 0 }));
}

function voteView(vote: Vote) {
  return {
    by: personView(vote.by),
    votedAt: iso(vote.atMs),
    comment: vote.comment,
    shortenedTo: isoOrNull(vote.shortenedToMs),
  };
}

function breakGlassView({ reason, review }: BrokenGlass) {
  return { reason, review: reviewView(review) };
}

function reviewView(review: Review) {
  switch (review.is) {
    case 'due':
    case 'overdue':
      return { status: review.is, dueAt: iso(review.dueMs) };
    case 'done':
      return {
        status: review.is,
        by: personView(review.by),
        reviewedAt: iso(review.atMs),
        verdict: review.verdict,
        comment: review.comment,
      };
  }
}

function deciderView(by: Decision['by']) {
  return 'subject' in by ? personView(by) : { policyVersion: by.policyVersion, rules: by.rules };
}

function decisionView(decision: Decision) {
  return { by: deciderView(decision.by), decidedAt: iso(decision.atMs), comment: decision.comment };
}

function personView(person: Person) {
  return { subject: person.subject, name: person.name };
}

export function grantsView(ledger: Ledger) {
  return Object.values(ledger.grants).map((grant) => grantView(ledger.resource, grant));
}

export function grantView(resource: ResourceRef, grant: Grant) {
  return {
    resource,
    principal: grant.principal,
    windows: grant.windows.map(windowView),
    ...sightView(grant.sight),
  };
}

function windowView(window: Window) {
  return {
    requestId: window.requestId,
    startsAt: iso(window.startMs),
    endsAt: isoOrNull(window.endMs),
  };
}

function sightView(sight: Sight) {
  const since = iso(sight.sinceMs);
  switch (sight.is) {
    case 'absent':
    case 'gone':
      return { status: sight.is, since };
    case 'arriving':
      return { status: sight.is, since, resourceShareId: sight.resourceShareId };
    case 'invited':
      return {
        status: sight.is,
        since,
        answerBy: iso(sight.deadlineMs),
        resourceShareId: sight.resourceShareId,
      };
    case 'granted':
    case 'leaving':
      return { status: sight.is, since, via: sight.via };
    case 'failed':
      return { status: sight.is, since, failure: { reason: sight.reason, detail: sight.detail } };
  }
}

export function policyView({ version, policy, uploaded }: PolicyVersion) {
  return {
    version,
    policy,
    uploaded: uploaded === null ? null : { by: uploaded.by, uploadedAt: iso(uploaded.atMs) },
  };
}

export function findingView(finding: Finding) {
  const { firstSeenMs, lastSeenMs, state, ...told } = finding;
  return {
    ...told,
    firstSeenAt: iso(firstSeenMs),
    lastSeenAt: iso(lastSeenMs),
    ...(state.is === 'resolved' ? { status: state.is, resolvedAt: iso(state.atMs) } : { status: state.is }),
  };
}

export function sweepView(report: SweepReport) {
  const { startedMs, endedMs, completeness, ...told } = report;
  return {
    ...told,
    startedAt: iso(startedMs),
    endedAt: iso(endedMs),
    ...(completeness.is === 'incomplete'
      ? { completeness: completeness.is, incompleteBecause: completeness.why }
      : { completeness: completeness.is }),
  };
}

export function endpointView(endpoint: ShownEndpoint) {
  const { endpointId, url, description, enabled, types, createdMs } = endpoint;
  return { endpointId, url, description, enabled, types, createdAt: iso(createdMs) };
}

export function deliveryView(attempt: LoggedAttempt) {
  const { endpointId, eventId, eventType, stream, number, atMs, latencyMs, outcome } = attempt;
  return {
    endpointId,
    eventId,
    eventType,
    stream,
    number,
    attemptedAt: iso(atMs),
    latencyMs,
    ...outcomeView(outcome),
  };
}

function outcomeView(outcome: LoggedAttempt['outcome']) {
  switch (outcome.is) {
    case 'delivered':
      return { status: outcome.is, responseStatus: outcome.status };
    case 'failed':
      return {
        status: outcome.is,
        responseStatus: outcome.status,
        why: outcome.why,
        nextAttemptAt: iso(outcome.nextAttemptMs),
      };
    case 'abandoned':
      return { status: outcome.is, responseStatus: outcome.status, why: outcome.why };
  }
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function isoOrNull(timeMs: number | null): string | null {
  return timeMs === null ? null : iso(timeMs);
}
