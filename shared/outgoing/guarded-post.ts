import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import {
  hostOf,
  isLoopbackAddress,
  isLoopbackHost,
  isPublicAddress,
  urlProblems,
  type Loopback,
} from '../domain/webhooks/address';
import { retryAfterMs } from '../domain/webhooks/retry';
import type { Outgoing, OutgoingAnswer } from '../flow/ports';

/** Name resolution, connecting, sending and reading together. */
const EXCHANGE_MAX_MS = 15_000;
/** More of an answer is not read; its status counts all the same. */
const ANSWER_MAX_BYTES = 65_536;

export interface Address {
  address: string;
  family: number;
}

export interface GuardedPostOptions {
  loopback: Loopback;
  /** All addresses of a name; the system's resolver unless told. */
  resolve?: (hostname: string) => Promise<Address[]>;
  exchangeMaxMs?: number;
}

/**
 * Posts to addresses that strangers chose. The URL is judged first, then every address that its name resolves to, and
 * the connection is pinned to the very addresses that were judged, so that a second answer of the name server changes
 * nothing. Redirects are not followed. What goes wrong is told without the URL, because a URL may be a secret.
 */
export function guardedPost(options: GuardedPostOptions): Outgoing {
  const resolve = options.resolve ?? ((hostname) => lookup(hostname, { all: true, verbatim: true }));
  const maxMs = options.exchangeMaxMs ?? EXCHANGE_MAX_MS;
  return {
    async post(text, headers, body) {
      const problems = urlProblems(text, options.loopback);
      if (problems.length > 0) {
        return { is: 'failed', why: problems.map(({ message }) => message).join(' '), permanent: true };
      }
      const url = new URL(text);
      const tooSlow = AbortSignal.timeout(maxMs);
      const checked = await Promise.race([
        checkedAddresses(hostOf(url), options.loopback, resolve),
        givenUp(tooSlow, failed(`The name did not resolve within ${maxMs} ms`)),
      ]);
      return 'is' in checked ? checked : await exchange(url, headers, body, checked, tooSlow);
    },
  };
}

/** The addresses to connect to. One bad address among good ones refuses all: nobody lists those by accident. */
async function checkedAddresses(
  host: string,
  loopback: Loopback,
  resolve: NonNullable<GuardedPostOptions['resolve']>,
): Promise<Address[] | OutgoingAnswer> {
  const literal = isIP(host);
  // A literal was judged with its URL, and node calls no lookup function for it.
  if (literal !== 0) return [{ address: host, family: literal }];
  const mayBeReached = loopback === 'allow' && isLoopbackHost(host) ? isLoopbackAddress : isPublicAddress;
  let addresses: Address[];
  try {
    addresses = await resolve(host);
  } catch (error) {
    return failed(`The host name does not resolve (${codeOf(error)})`);
  }
  if (addresses.length === 0) return failed('The host name has no address');
  const refused = addresses.find(({ address }) => !mayBeReached(address));
  if (refused !== undefined) return failed('The host name leads to an address that is not public');
  return addresses;
}

function exchange(
  url: URL,
  headers: Record<string, string>,
  body: string,
  addresses: readonly Address[],
  tooSlow: AbortSignal,
): Promise<OutgoingAnswer> {
  const bytes = Buffer.from(body, 'utf8');
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    // Once a status is here it is the answer, whatever becomes of the rest.
    let answer: OutgoingAnswer | null = null;
    const request = open(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(bytes.length) },
      // A connection of its own: one kept from before would have been checked for another time's addresses.
      agent: false,
      lookup: pinnedTo(addresses),
      signal: tooSlow,
    });
    request.on('error', (error) => {
      resolve(
        answer ?? failed(tooSlow.aborted ? 'No answer in time' : `The connection failed (${codeOf(error)})`),
      );
    });
    request.on('response', (response) => {
      answer = {
        is: 'answered',
        status: response.statusCode ?? 0,
        retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()),
      };
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > ANSWER_MAX_BYTES) response.destroy();
      });
      const settle = (): void => resolve(answer ?? failed('The connection was lost'));
      response.on('error', settle);
      response.on('close', settle);
    });
    request.on('close', () => resolve(answer ?? failed('The connection was closed without an answer')));
    request.end(bytes);
  });
}

function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };
}

function givenUp(signal: AbortSignal, answer: OutgoingAnswer): Promise<OutgoingAnswer> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(answer), { once: true });
  });
}

function failed(why: string): OutgoingAnswer {
  return { is: 'failed', why, permanent: false };
}

/** The short code only: node's messages repeat host and address. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no code';
}
