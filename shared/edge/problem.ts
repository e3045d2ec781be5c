import type { FieldProblem, Refusal } from '../flow/refusal';
import type { EdgeRefusal } from './edge-refusal';

/** A problem as it goes over the wire (RFC 9457), with three members of ours: `code`, `nextStep` and `errors`. */
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
}

/** The answer to a refusal. */
export function problemResponse(refusal: Refusal | EdgeRefusal, requestId: string): Response {
  const { headers, errors, ...words } = wordsFor(refusal);
  const problem: Problem = {
    type: `urn:sharekeeper:problem:${refusal.reason}`,
    ...words,
    instance: requestId,
    code: refusal.reason,
    ...(errors === undefined ? {} : { errors: errors.slice(0, ERRORS_SHOWN_MAX) }),
  };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

const ERRORS_SHOWN_MAX = 100;
const RETRY_BUSY_AFTER_SECONDS = 1;
const RETRY_UNREACHABLE_AFTER_SECONDS = 5;

interface Words {
  status: number;
  title: string;
  detail: string;
  nextStep: string;
  errors?: FieldProblem[];
  headers?: Record<string, string>;
}

/** The one place that knows a status and words for each refusal. */
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
    case 'not-found':
      return {
        status: 404,
        title: 'Not found',
        detail: `There is no ${NOUNS[refusal.what]} ${refusal.id}, or it is not yours to see.`,
        nextStep: 'Check the id against the list.',
      };
    case 'wrong-state':
      return {
        status: 409,
        title: 'Not possible any more',
        detail: `The request is ${refusal.state}, and this needs one that is ${refusal.needs}.`,
        nextStep: 'Read the request again to see what became of it.',
      };
    case 'busy':
      return {
        status: 409,
        title: 'Changed at the same time',
        detail: 'Somebody else was changing the same thing; nothing of this call happened.',
        nextStep: 'Send the same call again.',
        headers: { 'retry-after': String(RETRY_BUSY_AFTER_SECONDS) },
      };
    case 'issuer-unreachable':
      return unreachable('The issuer of your token could not be asked for its keys.');
    case 'store-unreachable':
      return unreachable('The store did not answer. What you sent may or may not have been written.');
    case 'out-of-time':
      return unreachable('This took too long. What you sent may or may not have been written.');
    case 'failed':
      return {
        status: 500,
        title: 'Our mistake',
        detail: 'Something went wrong here that is not your doing.',
        nextStep: 'Look whether it happened, then try again; if it goes on, tell the operator the instance.',
      };
  }
}

const NOUNS = { request: 'request', 'webhook-endpoint': 'webhook endpoint' } as const satisfies Record<
  Extract<Refusal, { reason: 'not-found' }>['what'],
  string
>;

function unreachable(detail: string): Words {
  return {
    status: 503,
    title: 'Not available now',
    detail,
    nextStep: 'Wait a few seconds, look whether it happened, and try again.',
    headers: { 'retry-after': String(RETRY_UNREACHABLE_AFTER_SECONDS) },
  };
}

type CallerRefusal = Extract<
  Refusal | EdgeRefusal,
  { reason: 'role-needed' | 'own-request' | 'not-yours' | `token-${string}` }
>;

function wordsForCaller(refusal: CallerRefusal): Words {
  switch (refusal.reason) {
    case 'role-needed':
      return {
        status: 403,
        title: 'Role needed',
        detail: `This needs one of these roles: ${refusal.needs.join(', ')}.`,
        nextStep:
          'Ask whoever manages your identity provider for the role; tokens carry it in the claim "roles".',
      };
    case 'own-request':
      return {
        status: 403,
        title: 'Your own request',
        detail: 'Nobody decides a request that they made themselves.',
        nextStep: 'Ask another approver to decide it.',
      };
    case 'not-yours':
      return {
        status: 403,
        title: 'Not yours',
        detail: 'Only the person who made the request may do this.',
        nextStep: 'Ask the requester.',
      };
    case 'token-missing':
      return notSignedIn(
        'There is no bearer token in the Authorization header.',
        'Bearer realm="sharekeeper"',
      );
    case 'token-expired':
      return notSignedIn('The token has expired.', INVALID_TOKEN);
    case 'token-refused':
      return notSignedIn('The token is not accepted here.', INVALID_TOKEN);
  }
}

const INVALID_TOKEN = 'Bearer realm="sharekeeper", error="invalid_token"';

function notSignedIn(detail: string, challenge: string): Words {
  return {
    status: 401,
    title: 'Not signed in',
    detail,
    nextStep: 'Get a new token from the identity provider and send it as "Authorization: Bearer <token>".',
    headers: { 'www-authenticate': challenge },
  };
}

type MessageRefusal = Extract<
  Refusal | EdgeRefusal,
  { reason: 'invalid' | 'media-type' | 'unreadable-event' | `unknown-${string}` | `body-${string}` }
>;

function wordsForMessage(refusal: MessageRefusal): Words {
  switch (refusal.reason) {
    case 'invalid':
      return {
        status: 422,
        title: 'Not valid',
        detail: `${refusal.problems.length === 1 ? 'One thing is' : `${refusal.problems.length} things are`} wrong with what was sent.`,
        nextStep: 'Correct each entry of "errors" and send it again.',
        errors: refusal.problems,
      };
    case 'unknown-path':
      return {
        status: 404,
        title: 'No such address',
        detail: `There is nothing at ${refusal.path.slice(0, 200)}.`,
        nextStep: 'Check the path; the API lives under /v1.',
      };
    case 'unknown-method': {
      const allow = refusal.allowed.join(', ');
      return {
        status: 405,
        title: 'No such method',
        detail: `This address does not take ${refusal.method}.`,
        nextStep: `Use one of: ${allow}.`,
        headers: { allow },
      };
    }
    case 'body-too-large':
      return {
        status: 413,
        title: 'Too large',
        detail: `The body has more than ${refusal.bytesMax} bytes.`,
        nextStep: 'Split it into several requests.',
      };
    case 'body-not-json':
      return {
        status: 400,
        title: 'Not JSON',
        detail: `The body cannot be read: ${refusal.why}.`,
        nextStep: 'Send one JSON object in UTF-8.',
      };
    case 'media-type':
      return {
        status: 415,
        title: 'Not JSON',
        detail: `The body is sent as ${refusal.got === '' ? 'nothing in particular' : refusal.got.slice(0, 100)}.`,
        nextStep: 'Send "Content-Type: application/json".',
      };
    case 'unreadable-event':
      return {
        status: 400,
        title: 'Not an HTTP request',
        detail: `The call cannot be read: ${refusal.why}.`,
        nextStep: 'Call the HTTP trigger of this function.',
      };
  }
}
