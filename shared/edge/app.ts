import { Hono, type Context } from 'hono';
import type { Person } from '../domain/sharing/person';
import { once } from '../flow/once';
import { ProviderError } from '../flow/ports';
import type { Refusal } from '../flow/refusal';
import { NO_TERMS } from '../flow/terms';
import { refused, type EdgeAnswer, type EdgeRefusal } from './edge-refusal';
import { hasSeen } from './etag';
import type { Identify } from './identity';
import { describe, log } from './invocation';
import { problemResponse } from './problem';
import { refusalOfProvider } from './problem-of-provider';
import { readCall, type ReadCall } from './read-call';
import type { Desk, Environment, Reply, Route } from './route';
import { secured } from './security-headers';

/** The HTTP API: routes, who may take them, and every no as a problem. */
export function openApp(routes: readonly Route[], identify: Identify): Hono<Environment> {
  const app = new Hono<Environment>();
  for (const route of routes) {
    app.on(route.method, route.path, async (context) =>
      responseFor(await serve(route, context, identify), context),
    );
  }
  for (const [path, allowed] of methodsByPath(routes)) {
    app.all(path, (context) =>
      responseFor(refused({ reason: 'unknown-method', method: context.req.method, allowed }), context),
    );
  }
  app.notFound((context) =>
    responseFor(refused({ reason: 'unknown-path', path: context.req.path }), context),
  );
  app.onError((error, context) => {
    log('share-api.failed', { requestId: context.env.callId, error: describe(error) });
    return responseFor(refused(refusalOf(error)), context);
  });
  return app;
}

type HttpContext = Context<Environment>;

async function serve(route: Route, context: HttpContext, identify: Identify): Promise<EdgeAnswer<Reply>> {
  const desk = context.env;
  const { raw } = context.req;
  if (route.may === 'anyone') {
    const read = await readCall(route, raw, context.req.param());
    return read.ok ? await route.answer({ ...read.value, desk, terms: NO_TERMS }) : read;
  }
  const caller = await identify(context.req.header('authorization') ?? null);
  if (!caller.ok) return caller;
  if (!hasOneOf(caller.value, route.may)) return refused({ reason: 'role-needed', needs: route.may });
  const read = await readCall(route, raw, context.req.param());
  return read.ok ? await answered(route, desk, read.value, caller.value) : read;
}

/** Lets the route answer: once for each key, when the call has one. */
async function answered(
  route: Exclude<Route, { may: 'anyone' }>,
  desk: Desk,
  { key, versions, dryRun, ...read }: ReadCall,
  person: Person,
): Promise<EdgeAnswer<Reply>> {
  if (dryRun && route.tries !== undefined) return await route.tries.answer({ ...read, desk }, person);
  if (key === null) return await route.answer({ ...read, desk, terms: { ...NO_TERMS, versions } }, person);
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => read.ids[name] ?? '');
  const name = { subject: person.subject, method: route.method, path, key };
  const done = await once(desk, name, read.body, async ({ callKey, again, newId }) =>
    route.answer({ ...read, desk: { ...desk, newId }, terms: { callKey, again, versions } }, person),
  );
  if (!done.ok || !done.replayed) return done;
  const headers = { ...done.value.headers, 'idempotency-replayed': 'true' };
  return { ok: true, value: { ...done.value, headers } };
}

function hasOneOf(person: Person, roles: readonly string[]): boolean {
  return person.roles.some((role) => roles.includes(role));
}

function responseFor(answer: EdgeAnswer<Reply>, context: HttpContext): Response {
  if (!answer.ok) return secured(problemResponse(answer.refusal, context.env.callId));
  const { status, body, headers } = answer.value;
  const { method } = context.req;
  const { etag } = headers;
  const reads = method === 'GET' || method === 'HEAD';
  if (reads && etag !== undefined && hasSeen(context.req.header('if-none-match') ?? null, etag))
    return secured(new Response(null, { status: 304, headers: { etag } }));
  return secured(Response.json(body, { status, headers }));
}

/** Methods of each path, with HEAD wherever there is GET. */
function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const known = methods.get(path) ?? [];
    methods.set(path, [...known, ...(method === 'GET' ? ['GET', 'HEAD'] : [method])]);
  }
  return methods;
}

/** Errors of the store say whether a write may have happened, those of the provider say of which kind they are. */
function refusalOf(error: Error): Refusal | EdgeRefusal {
  if (error instanceof ProviderError) return refusalOfProvider(error);
  return { reason: 'outcomeUnknown' in error ? 'store-unreachable' : 'failed' };
}
