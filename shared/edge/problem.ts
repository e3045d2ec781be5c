import type { FieldProblem, Refusal } from '../flow/refusal';
import type { EdgeRefusal } from './edge-refusal';
import { wordsForCaller } from './problem-of-caller';
import { wordsForMessage } from './problem-of-message';
import { wordsForPolicy } from './problem-of-policy';
import { wordsForProvider } from './problem-of-provider';
import { wordsForPreflight } from './problem-of-preflight';
import { STATUS_OF } from './problem-status';
import type { Words } from './problem-words';

/** A problem as it goes over the wire (RFC 9457), with members of ours: `code`, `nextStep`, `errors` and `confirm`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The id of the call, as the logs have it. */
  instance: string;
  /** Stable: what a program decides by. */
  code: string;
  /** What the caller can do about it. */
  nextStep: string;
  /** Every problem of the body or the query at once. Those of the query have a pointer that starts with `?`. */
  errors?: FieldProblem[];
  /** The sentence that the call has to repeat. */
  confirm?: string;
}

/** The answer to a refusal. */
export function problemResponse(refusal: Refusal | EdgeRefusal, requestId: string): Response {
  const { title, detail, nextStep, headers, errors, confirm } = wordsFor(refusal);
  const problem: Problem = {
    type: `urn:sharekeeper:problem:${refusal.reason}`,
    title,
    status: STATUS_OF[refusal.reason],
    detail,
    instance: requestId,
    code: refusal.reason,
    nextStep,
    ...(errors === undefined ? {} : { errors: errors.slice(0, ERRORS_SHOWN_MAX) }),
    ...(confirm === undefined ? {} : { confirm }),
  };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

const ERRORS_SHOWN_MAX = 100;
const RETRY_BUSY_AFTER_SECONDS = 1;
const RETRY_IN_FLIGHT_AFTER_SECONDS = 1;
const RETRY_UNREACHABLE_AFTER_SECONDS = 5;

/** The one place that knows words for each refusal; statuses are in problem-status.ts. */
function wordsFor(refusal: Refusal | EdgeRefusal): Words {
  switch (refusal.reason) {
    case 'role-needed':
    case 'own-request':
    case 'not-yours':
    case 'token-missing':
    case 'token-expired':
    case 'token-refused':
      return wordsForCaller(refusal);
    case 'unknown-path':
    case 'unknown-method':
    case 'body-too-large':
    case 'body-not-json':
    case 'media-type':
    case 'unreadable-event':
    case 'invalid':
      return wordsForMessage(refusal);
    case 'policy-refused':
    case 'policy-changed':
    case 'precondition-needed':
    case 'confirmation-needed':
    case 'approver-group-needed':
    case 'vote-not-needed':
    case 'already-voted':
    case 'nothing-to-extend':
    case 'nothing-to-review':
    case 'already-reviewed':
      return wordsForPolicy(refusal);
    case 'preflight-refused':
      return wordsForPreflight(refusal.report);
    case 'invitation-ended':
    case 'provider-refused':
    case 'provider-busy':
    case 'provider-unsure':
      return wordsForProvider(refusal);
    case 'not-found':
      return {
        title: 'Not found',
        detail: `There is no ${NOUNS[refusal.what]} ${refusal.id}, or it is not yours to see.`,
        nextStep: 'Check the id against the list.',
      };
    case 'wrong-state':
      return {
        title: 'Not possible any more',
        detail: `The request is ${refusal.state}, and this needs one that is ${refusal.needs}.`,
        nextStep: 'Read the request again to see what became of it.',
      };
    case 'busy':
      return {
        title: 'Changed at the same time',
        detail: 'Somebody else was changing the same thing; nothing of this call happened.',
        nextStep: 'Send the same call again.',
        headers: { 'retry-after': String(RETRY_BUSY_AFTER_SECONDS) },
      };
    case 'precondition-failed':
      return {
        title: 'Not as you saw it',
        detail: `The request has changed since you read it: it is ${refusal.state} now, at version ${refusal.version}. Nothing was done.`,
        nextStep: 'Read the request again, look at what changed, and send the call with its new ETag.',
      };
    case 'idempotency-in-flight':
      return {
        title: 'Still being done',
        detail: 'The first call with this Idempotency-Key has not been answered yet.',
        nextStep: 'Wait as long as Retry-After says and send the same call again.',
        headers: { 'retry-after': String(RETRY_IN_FLIGHT_AFTER_SECONDS) },
      };
    case 'idempotency-key-reused':
      return {
        title: 'Key used before',
        detail: `This Idempotency-Key came with another body at ${new Date(refusal.firstMs).toISOString()}.`,
        nextStep: 'Use a new key for a new call; to repeat the first one, send its body unchanged.',
      };
    case 'issuer-unreachable':
      return unreachable('The issuer of your token could not be asked for its keys.');
    case 'store-unreachable':
      return unreachable('The store did not answer. What you sent may or may not have been written.');
    case 'out-of-time':
      return unreachable('This took too long. What you sent may or may not have been written.');
    case 'failed':
      return {
        title: 'Our mistake',
        detail: 'Something went wrong here that is not your doing.',
        nextStep: 'Look whether it happened, then try again; if it goes on, tell the operator the instance.',
      };
  }
}

const NOUNS = {
  request: 'request',
  'webhook-endpoint': 'webhook endpoint',
  policy: 'policy',
  'receiving-account': 'managed account',
  invitation: 'invitation',
  use: 'use of something received',
  'resource-type': 'resource type',
} as const satisfies Record<Extract<Refusal, { reason: 'not-found' }>['what'], string>;

function unreachable(detail: string): Words {
  return {
    title: 'Not available now',
    detail,
    nextStep: 'Wait a few seconds, look whether it happened, and try again.',
    headers: { 'retry-after': String(RETRY_UNREACHABLE_AFTER_SECONDS) },
  };
}
