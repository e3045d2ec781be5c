import type { Configuration } from '../configuration';
import type { TypeOverrides } from '../domain/sharing/resource-types';
import { ProviderError, type Clock, type TimeLeft } from '../flow/ports';
import { credentialSource } from './credentials';
import { failureOf, unreadable, type FailedCall } from './failures';
import { Fields } from './fields';
import { patiently } from './patience';
import {
  effectOf,
  endpointUrl,
  versionOf,
  type ActionName,
  type Answered,
  type Asked,
  type ProductName,
} from './products';
import { send, type Credentials, type SignedCall } from './signed-call';

/** Whose call it is, and in which region. */
export interface CallPlace {
  accountId: string;
  regionId: string;
}

/** The small client that every call to the provider goes through. */
export interface ProviderClient {
  /** The function's own account and region. */
  readonly own: CallPlace;
  readonly clock: Clock;
  /** Where this installation names types otherwise than the table of types does. */
  readonly typeOverrides: TypeOverrides;
  /**
   * One RPC action. A read is repeated a few times while it may help; a write is made once.
   * Throws a ProviderError, and nothing else.
   */
  call<Product extends ProductName, Action extends ActionName<Product>>(
    product: Product,
    action: Action,
    place: CallPlace,
    request: Asked<Product, Action>,
  ): Promise<Fields<Answered<Product, Action>>>;
  /** Has Function Compute start one of our own functions, and does not wait for its end. Throws a ProviderError. */
  startFunction(functionName: string): Promise<void>;
}

/** The part of Function Compute's context that says who we are. Credentials come from the invocation at hand. */
export interface OwnIdentity {
  accountId: string;
  regionId: string;
  credentials: Credentials;
}

export interface ProviderClientOptions {
  /** What is left of the invocation; calls get no longer than that. */
  timeLeft?: TimeLeft;
  /** The jitter of back-off: numbers in [0, 1). */
  random?: () => number;
  /** For each single call. */
  deadlineMs?: number;
}

const DEADLINE_MS = 10_000;
/** Nothing is sent with less time than this left: its answer could hardly be heard. */
const CALL_NEEDS_MS = 500;

export function providerClient(
  configuration: Configuration,
  own: OwnIdentity,
  clock: Clock,
  options: ProviderClientOptions = {},
): ProviderClient {
  const { timeLeft = () => Infinity, random = Math.random, deadlineMs = DEADLINE_MS } = options;
  const ownPlace = { accountId: own.accountId, regionId: own.regionId };

  const credentials = credentialSource({
    own,
    memberRole: configuration.memberRole,
    realm: endpointUrl(configuration, 'Sts', ownPlace).origin,
    clock,
    assumeRole: (request) => call('Sts', 'AssumeRole', ownPlace, request),
  });

  /** Signs and sends once, and answers the body's JSON. */
  async function once(
    failed: FailedCall,
    signed: Omit<SignedCall, 'action' | 'deadlineMs'>,
  ): Promise<unknown> {
    const leftMs = Math.min(deadlineMs, timeLeft());
    if (leftMs < CALL_NEEDS_MS) throw outOfTime(failed.action);
    try {
      return bodyOf(await send({ ...signed, action: failed.action, deadlineMs: leftMs }), failed);
    } catch (error) {
      throw failureOf(error, failed);
    }
  }

  async function call<Product extends ProductName, Action extends ActionName<Product>>(
    product: Product,
    action: Action,
    place: CallPlace,
    request: Asked<Product, Action>,
  ): Promise<Fields<Answered<Product, Action>>> {
    const effect = effectOf(product, action);
    const signed = {
      endpoint: endpointUrl(configuration, product, place),
      credentials: await credentials.of(place.accountId),
      version: versionOf(product),
      request: { style: 'RPC' as const, query: request },
    };
    const attempt = () => once({ action, effect }, signed);
    try {
      const body = effect === 'read' ? await patiently(attempt, timeLeft, random) : await attempt();
      return new Fields(action, body);
    } catch (error) {
      if (error instanceof ProviderError && SESSION_IS_DEAD.test(error.code))
        credentials.forget(place.accountId);
      throw error;
    }
  }

  return {
    own: ownPlace,
    clock,
    typeOverrides: configuration.resourceTypes,
    call,
    async startFunction(functionName) {
      await once(
        { action: 'InvokeFunction', effect: 'write' },
        {
          credentials: own.credentials,
          endpoint: endpointUrl(configuration, 'FC', ownPlace),
          version: '2023-03-30',
          request: {
            style: 'ROA',
            pathname: `/2023-03-30/functions/${functionName}/invocations`,
            headers: { 'x-fc-invocation-type': 'Async' },
            body: {},
          },
        },
      );
    },
  };
}

/** Codes by which a session tells that it is over, whatever its Expiration said. */
const SESSION_IS_DEAD = /^(InvalidSecurityToken|InvalidAccessKeyId)\b/;

function bodyOf(answer: { status: number; text: string }, call: FailedCall): unknown {
  // Function Compute takes an asynchronous invocation with 202 and no body.
  if (answer.status === 202 && answer.text === '') return {};
  if (answer.status >= 300) throw unreadable(call, answer.status);
  try {
    const body: unknown = JSON.parse(answer.text);
    return body;
  } catch {
    throw unreadable(call, answer.status);
  }
}

function outOfTime(action: string): ProviderError {
  return new ProviderError('try-again', {
    code: 'OutOfTime',
    message: `${action} was not sent: this run has no time left. The next one goes on.`,
  });
}
