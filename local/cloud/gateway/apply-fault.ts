import type { FaultKind } from '../faults';
import { type Answer, type Origin, htmlAnswer, refusalAnswer } from './answer';

/**
 * What a call gets instead of its right answer, and whether it does its work all the same.
 * `undefined` means that the fault has no say at this point.
 */
export function answerBefore(fault: FaultKind, origin: Origin): Answer | undefined {
  switch (fault.kind) {
    case 'throttle': {
      const { code = 'Throttling.User', status = 400, retryAfterMs } = fault;
      return throttledAnswer(code, status, retryAfterMs, origin);
    }
    case 'redirect':
      return { kind: 'http', status: 302, headers: {}, body: '', delayMs: 0 };
    case 'error':
    case 'html':
    case 'timeout':
    case 'reset':
      return fault.when === 'after' ? undefined : brokenAnswer(fault, origin);
    case 'slow':
      return undefined;
  }
}

/** What the caller gets after the call has done its work and was about to answer `answer`. */
export function answerAfter(fault: FaultKind, answer: Answer, origin: Origin): Answer {
  switch (fault.kind) {
    case 'throttle':
    case 'redirect':
      return answer;
    case 'error':
    case 'html':
    case 'timeout':
    case 'reset':
      return brokenAnswer(fault, origin);
    case 'slow':
      return answer.kind === 'http' ? { ...answer, delayMs: fault.delayMs } : answer;
  }
}

/** Source: ECS and STS documents; the message differs by code, the status is 400 as a rule. */
export function throttledAnswer(
  code: string,
  status: number,
  retryAfterMs: number | undefined,
  origin: Origin,
): Answer {
  const kind = code === 'Throttling.Api' ? 'api' : 'user';
  return refusalAnswer(
    { status, code, message: `Request was denied due to ${kind} flow control.` },
    origin,
    retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(retryAfterMs) },
  );
}

type Breaking = Extract<FaultKind, { kind: 'error' | 'html' | 'timeout' | 'reset' }>;

function brokenAnswer(fault: Breaking, origin: Origin): Answer {
  switch (fault.kind) {
    case 'error': {
      const {
        status,
        code,
        message = 'The request has failed due to a temporary failure of the server.',
      } = fault;
      return refusalAnswer({ status, code, message }, origin);
    }
    case 'html':
      return htmlAnswer(fault.status ?? 503);
    case 'timeout':
      return { kind: 'silence' };
    case 'reset':
      return { kind: 'reset' };
  }
}
