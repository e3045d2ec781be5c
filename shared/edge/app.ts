import { Hono } from 'hono';
import type { Person } from '../domain/sharing/request';
import { refused, type EdgeAnswer } from './edge-refusal';
import type { Identify } from './identity';
import { describe, log } from './invocation';
import { problemResponse } from './problem';
import type { Call, Environment, Reply, Route } from './route';
import { secured } from './security-headers';

/** The HTTP API: routes, who may take them, and every no as a problem. */
export function openApp(routes: readonly Route[], identify: Identify): Hono<Environment> {
  const app = new Hono<Environment>();
  for (const route of routes) {
    app.on(route.method, route.path, async (call) => responseFor(await serve(route, call, identify), call));
  }
  for (const [path, allowed] of methodsByPath(routes)) {
    app.all(path, (call) =>
      responseFor(refused({ reason: 'unknown-method', method: call.req.method, allowed }), call),
    );
  }
  app.notFound((call) => responseFor(refused({ reason: 'unknown-path', path: call.req.path }), call));
  app.onError((error, call) => {
    log('share-api.failed', { requestId: call.env.callId, error: describe(error) });
    return responseFor(refused({ reason: isFromStore(error) ? 'store-unreachable' : 'failed' }), call);
  });
  return app;
}

async function serve(route: Route, call: Call, identify: Identify): Promise<EdgeAnswer<Reply>> {
  if (route.may === 'anyone') return await route.answer(call);
  const caller = await identify(call.req.header('authorization') ?? null);
  if (!caller.ok) return caller;
  if (!hasOneOf(caller.value, route.may)) return refused({ reason: 'role-needed', needs: route.may });
  return await route.answer(call, caller.value);
}

function hasOneOf(person: Person, roles: readonly string[]): boolean {
  return person.roles.some((role) => roles.includes(role));
}

function responseFor(answer: EdgeAnswer<Reply>, call: Call): Response {
  if (!answer.ok) return secured(problemResponse(answer.refusal, call.env.callId));
  const { status, body, headers } = answer.value;
  return secured(Response.json(body, headers === undefined ? { status } : { status, headers }));
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

/** Errors of the store say whether a write may have happened; no other errors do. */
function isFromStore(error: Error): boolean {
  return 'outcomeUnknown' in error;
}
