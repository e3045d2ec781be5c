import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock';
import { escaped, page } from './page';
import { type Answer, jsonAnswer, readBytes, serve } from './small-server';
import { type Verdict, verifyDelivery } from './webhook-signature';

/** One attempt that reached the receiver, whether it was believed or not. */
export interface Received {
  receivedMs: number;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
  verdict: Verdict;
  /** What was answered; 0 when the connection was closed without an answer. */
  status: number;
}

/** What to answer instead of judging by the signature; 'hang up' closes the connection, `delayMs` answers late. */
export type Misbehaviour = { status: number; retryAfterSeconds?: number; delayMs?: number } | 'hang up';

export interface Receiver {
  readonly url: string;
  /** Everything that came, oldest first; the oldest go when there are 1,000. */
  readonly received: readonly Received[];
  /** Resolves with the first attempt, past or future, that `predicate` likes; rejects after `deadlineMs` of the machine's time. */
  readonly waitFor: (predicate: (one: Received) => boolean, deadlineMs: number) => Promise<Received>;
  /** The secret (`whsec_…`) or, while it is rotated, secrets that deliveries must be signed with. */
  readonly setSecret: (...secrets: string[]) => void;
  /** Misbehaves for the next `times` attempts (default: until told otherwise); `undefined` behaves again. */
  readonly answerWith: (what: Misbehaviour | undefined, times?: number) => void;
  readonly close: () => Promise<void>;
}

const KEPT_ATTEMPTS = 1000;

/** A webhook receiver that checks Standard Webhooks signatures by the clock: 204 when one is right, 401 when it is not. */
export async function startReceiver(options: { port: number; clock: Clock }): Promise<Receiver> {
  const received: Received[] = [];
  const watchers = new Set<(one: Received) => void>();
  let secrets: readonly string[] = [];
  let misbehaviour: Misbehaviour | undefined;
  let misbehavesTimes = 0;

  const nextMisbehaviour = (): Misbehaviour | undefined => {
    if (misbehavesTimes <= 0) return undefined;
    misbehavesTimes -= 1;
    return misbehaviour;
  };

  const keep = (one: Received) => {
    received.push(one);
    if (received.length > KEPT_ATTEMPTS) received.shift();
    for (const watch of watchers) watch(one);
  };

  const take = async (request: IncomingMessage): Promise<Answer | 'hang up'> => {
    const bytes = await readBytes(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const nowMs = options.clock.nowMs();
    const delivery = {
      id: headers['webhook-id'],
      timestamp: headers['webhook-timestamp'],
      signature: headers['webhook-signature'],
      body: bytes,
    };
    const verdict = verifyDelivery(delivery, secrets, nowMs);
    const wrong = nextMisbehaviour();
    const status = wrong === 'hang up' ? 0 : (wrong?.status ?? (verdict.valid ? 204 : 401));
    const body = bytes.toString();
    keep({ receivedMs: nowMs, path: request.url ?? '/', headers, body, json: jsonOf(body), verdict, status });
    if (wrong === 'hang up') return 'hang up';
    if (wrong?.delayMs !== undefined)
      await new Promise((resolve) => setTimeout(resolve, wrong.delayMs).unref());
    const answer = jsonAnswer(status, verdict.valid ? {} : { reason: verdict.reason });
    return wrong?.retryAfterSeconds === undefined
      ? answer
      : { ...answer, headers: { 'retry-after': String(wrong.retryAfterSeconds) } };
  };

  const server = await serve(options.port, async (request) =>
    request.method === 'GET' ? page('Webhooks received', listOf(received)) : take(request),
  );
  return {
    url: server.url,
    received,
    waitFor: (predicate, deadlineMs) =>
      new Promise((resolve, reject) => {
        const found = received.find(predicate);
        if (found !== undefined) return resolve(found);
        const deadline = setTimeout(() => {
          watchers.delete(watch);
          reject(new Error(`No such webhook within ${deadlineMs} ms; ${received.length} others came`));
        }, deadlineMs);
        const watch = (one: Received) => {
          if (!predicate(one)) return;
          clearTimeout(deadline);
          watchers.delete(watch);
          resolve(one);
        };
        return watchers.add(watch);
      }),
    setSecret: (...newSecrets) => {
      secrets = newSecrets;
    },
    answerWith: (what, times = Number.POSITIVE_INFINITY) => {
      misbehaviour = what;
      misbehavesTimes = what === undefined ? 0 : times;
    },
    close: server.close,
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function listOf(received: readonly Received[]): string {
  const items = received.toReversed().map((one) => {
    const time = new Date(one.receivedMs).toISOString();
    const verdict = one.verdict.valid ? 'signature verified' : `refused: ${one.verdict.reason}`;
    const text = one.json === undefined ? one.body : JSON.stringify(one.json, null, 2);
    return `<li>${time} ${escaped(one.path)}: ${escaped(verdict)}, answered ${one.status || 'nothing'}<pre>${escaped(text)}</pre>`;
  });
  return received.length === 0 ? '<p>Nothing yet.' : `<ul>${items.join('')}</ul>`;
}
