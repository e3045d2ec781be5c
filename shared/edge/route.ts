import type { z } from 'zod/mini';
import type { Person, Role } from '../domain/sharing/person';
import type { Place } from '../domain/sharing/resource';
import type {
  Aggregates,
  Clock,
  DeliveryQueue,
  KeyedCalls,
  Lists,
  ReceivingProvider,
  Wake,
} from '../flow/ports';
import type { PreflightMeans } from '../flow/preflight';
import type { Refusal } from '../flow/refusal';
import type { Terms } from '../flow/terms';
import type { EdgeAnswer } from './edge-refusal';
import type { Code } from './problem-status';
import type { AnswerBody, AnswerName } from './schemas/answers';

/** What one call may use: made anew for each, with the credentials that came with it. */
export interface Desk {
  /** Function Compute's id of this call. */
  callId: string;
  /** The account that sharekeeper runs in. */
  ownAccountId: string;
  /** Owner accounts x regions that are managed. */
  places: Place[];
  aggregates: Aggregates;
  lists: Lists;
  queue: DeliveryQueue;
  keyedCalls: KeyedCalls;
  clock: Clock;
  /** Under an Idempotency-Key, the same ids at each attempt. */
  newId: () => string;
  randomBytes: (count: number) => Buffer;
  /** Whether webhooks may go to plain http on loopback. */
  webhookLoopback: 'allow' | 'refuse';
  /** The description of this API as it was built, as JSON. */
  openApiDocument: () => Promise<string>;
  /** Reaches the accounts that receive. Loaded by the first call that needs it. */
  receiving: () => Promise<ReceivingProvider>;
  /** Never fails: a lost wake costs a minute. */
  wake: Wake;
  /** What preflight needs to look at the provider. */
  preflight: PreflightMeans;
}

export interface Environment {
  Bindings: Desk;
}

/** Ids that a path may hold, and what each is the id of. */
export const IDS = {
  requestId: 'request',
  endpointId: 'webhook-endpoint',
  version: 'policy',
  accountId: 'receiving-account',
  invitationId: 'invitation',
  useId: 'use',
  resourceType: 'resource-type',
} as const satisfies Record<string, Extract<Refusal, { reason: 'not-found' }>['what']>;
export type IdName = keyof typeof IDS;

type IdsIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | IdsIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

export type Schema = z.ZodMiniType;

/** One call, read and found to be in form. */
export interface Call<Ids extends string = string, Body = unknown, Query = unknown> {
  desk: Desk;
  ids: Record<Ids, string>;
  query: Query;
  body: Body;
  terms: Terms;
}

export type Reply<Body = unknown> = { status: 200 | 201; body: Body; headers: Record<string, string> };

/** What a route says of itself, to whoever reads the document. */
interface Description {
  /** One line, as in a list of what can be done. */
  summary: string;
  /** What else a caller should know. */
  notes?: string;
  /** Codes of problems beside those that follow from the rest: identity, roles, form, keys and versions. */
  problems?: readonly Code[];
  /** A list that is read page by page, newest first or in the order of ids. */
  pages?: 'newest-first' | 'by-id';
  /** It answers an ETag; besides, `seen` answers 304 to If-None-Match, and `changed` honours If-Match. */
  versions?: 'made' | 'seen' | 'changed';
}

interface Shape<Path extends string, Name extends AnswerName, Body, Query> extends Description {
  method: 'GET' | 'POST' | 'PUT';
  path: Path;
  /** The name of what it answers. */
  says: Name;
  /** 201 where something is made. */
  status?: 201;
  body?: Body;
  query?: Query;
  /** Instead of a query of its own: it can be tried with `?dryRun=true`. */
  tries?: Trial<Output<Body>>;
}

/** What a call would come to. It is told before anything is written: not even its Idempotency-Key is. */
interface Trial<Body> {
  says: 'Preflight';
  answer(
    call: Pick<Call<never, Body>, 'desk' | 'body'>,
    person: Person,
  ): Promise<EdgeAnswer<Reply<AnswerBody<'Preflight'>>>>;
}

type Output<Of> = Of extends Schema ? z.output<Of> : undefined;
type CallTo<Path extends string, Body, Query> = Call<
  Extract<IdsIn<Path>, IdName>,
  Output<Body>,
  Output<Query>
>;

/** A route whose schemas are forgotten by the compiler, in a list with the others. */
export type Route = Shape<string, AnswerName, Schema, Schema> &
  (
    | { may: 'anyone'; answer(call: Call): Promise<EdgeAnswer<Reply>> }
    | { may: readonly Role[]; answer(call: Call, person: Person): Promise<EdgeAnswer<Reply>> }
  );

/**
 * One thing that can be done over HTTP. There is none without a word on who may: the flow behind it checks the role
 * once more, and decides what of it this person may see or do. What it answers must fit the schema that it names.
 */
export function route<
  const Path extends string,
  Name extends AnswerName,
  Body extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
>(
  definition: Shape<Path, Name, Body, Query> & {
    may: readonly Role[];
    answer(
      call: CallTo<Path, Body, Query>,
      person: Person,
    ): Promise<EdgeAnswer<Reply<AnswerBody<NoInfer<Name>>>>>;
  },
): Route {
  return definition as Route;
}

/** A route that needs no identity. */
export function openRoute<const Path extends string, Name extends AnswerName>(
  definition: Shape<Path, Name, never, never> & {
    answer(call: CallTo<Path, undefined, undefined>): Promise<EdgeAnswer<Reply<AnswerBody<NoInfer<Name>>>>>;
  },
): Route {
  return { ...definition, may: 'anyone' };
}

export function replied<Body>(
  body: Body,
  headers: Record<string, string> = {},
): { ok: true; value: Reply<Body> } {
  return { ok: true, value: { status: 200, body, headers } };
}

export function created<Body>(
  location: string,
  body: Body,
  headers: Record<string, string> = {},
): { ok: true; value: Reply<Body> } {
  return { ok: true, value: { status: 201, body, headers: { ...headers, location } } };
}
