import { jsonSchemaOf, type JsonSchema } from './openapi-schemas';
import { STATUS_OF, type Code } from './problem-status';
import type { Route } from './route';
import { dryRunQuery } from './schemas/dry-run';

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  'x-roles'?: readonly string[];
  parameters: (Parameter | Reference)[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, Response>;
}

interface Reference {
  $ref: string;
}
interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: JsonSchema;
}
interface Response {
  description: string;
  headers?: Record<string, Reference>;
  content?: Content;
}
type Content = Record<string, { schema: JsonSchema }>;

/** A route as the document has it. */
export function operationOf(route: Route): Operation {
  const description = descriptionOf(route);
  return {
    operationId: operationId(route),
    tags: [segmentsOf(route)[0] ?? ''],
    summary: route.summary,
    ...(description === '' ? {} : { description }),
    ...(route.may === 'anyone' ? { security: [] } : { security: [{ bearer: [] }], 'x-roles': route.may }),
    parameters: parametersOf(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchemaOf(route.body) } },
          },
        }),
    responses: { ...triedOf(route), ...successOf(route), ...problemsOf(route) },
  };
}

/** Every code that a route may answer with: its own, and those that follow from what it takes. */
export function codesOf(route: Route): Code[] {
  const codes: Code[] = [
    ...(route.problems ?? []),
    'unreadable-event',
    'store-unreachable',
    'out-of-time',
    'failed',
  ];
  const post = route.method === 'POST';
  if (route.may !== 'anyone')
    codes.push('token-missing', 'token-expired', 'token-refused', 'role-needed', 'issuer-unreachable');
  if (route.path.includes(':')) codes.push('not-found');
  if (post || route.query !== undefined || route.body !== undefined) codes.push('invalid');
  if (route.method !== 'GET') codes.push('body-too-large', 'busy');
  if (post) codes.push('idempotency-in-flight', 'idempotency-key-reused');
  if (route.body !== undefined) codes.push('body-not-json', 'media-type');
  if (route.versions === 'changed') codes.push('precondition-failed');
  return [...new Set(codes)].sort((a, b) => STATUS_OF[a] - STATUS_OF[b] || (a < b ? -1 : 1));
}

const PAGES = {
  'newest-first':
    'Newest first: what is added while you read on comes before the pages you have, and moves none.',
  'by-id': 'In the order of ids, which never changes: what is added while you read on stands at its place.',
} as const;

function descriptionOf(route: Route): string {
  const said: string[] = [];
  if (route.may !== 'anyone') said.push(`For: ${route.may.join(', ')}.`);
  if (route.notes !== undefined) said.push(route.notes);
  if (route.pages !== undefined) said.push(PAGES[route.pages]);
  return said.join(' ');
}

function parametersOf(route: Route): Operation['parameters'] {
  const ids = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']): Parameter => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const schema = route.query ?? (route.tries === undefined ? undefined : dryRunQuery);
  const query = schema === undefined ? {} : jsonSchemaOf(schema);
  const asked = Object.entries(query.properties ?? {}).map(([name, schema]): Parameter => {
    if (typeof schema === 'boolean') throw new TypeError(`The query parameter ${name} has no schema`);
    return { name, in: 'query', required: query.required?.includes(name) ?? false, schema };
  });
  return [
    ...ids,
    ...asked,
    ...(route.method === 'POST' ? [parameter('IdempotencyKey')] : []),
    ...(route.versions === 'changed' ? [parameter('IfMatch')] : []),
    ...(route.versions === 'seen' ? [parameter('IfNoneMatch')] : []),
  ];
}

/** What it answers with `?dryRun=true`. */
function triedOf({ tries }: Route): Operation['responses'] {
  if (tries === undefined) return {};
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${tries.says}` } } };
  return { 200: { description: 'Only tried: nothing was written.', content } };
}

function successOf(route: Route): Operation['responses'] {
  const made = route.status === 201;
  const headers = {
    ...(made ? { Location: header('Location') } : {}),
    ...(route.versions === undefined ? {} : { ETag: header('ETag') }),
    ...(route.method === 'POST' ? { 'Idempotency-Replayed': header('IdempotencyReplayed') } : {}),
  };
  const success = {
    description: made ? 'Made.' : 'Done.',
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${route.says}` } } },
  };
  if (route.versions !== 'seen') return { [made ? 201 : 200]: success };
  return { 200: success, 304: { description: 'As you have it.', headers: { ETag: header('ETag') } } };
}

function problemsOf(route: Route): Operation['responses'] {
  const codes = codesOf(route);
  const statuses = [...new Set(codes.map((code) => STATUS_OF[code]))];
  const response = (status: number) =>
    problemResponse(
      status,
      codes.filter((code) => STATUS_OF[code] === status),
    );
  return Object.fromEntries(statuses.map((status) => [status, response(status)]));
}

function problemResponse(status: number, codes: Code[]): Response {
  const schema: JsonSchema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
  };
  const named = status === 401 ? 'WWWAuthenticate' : status === 409 || status === 503 ? 'RetryAfter' : null;
  return {
    description: `Refused: ${codes.join(', ')}.`,
    ...(named === null ? {} : { headers: { [HEADER_NAMES[named]]: header(named) } }),
    content: { 'application/problem+json': { schema } },
  };
}

const HEADER_NAMES = { WWWAuthenticate: 'WWW-Authenticate', RetryAfter: 'Retry-After' } as const;

function parameter(name: string): Reference {
  return { $ref: `#/components/parameters/${name}` };
}

function header(name: string): Reference {
  return { $ref: `#/components/headers/${name}` };
}

function segmentsOf({ path }: Route): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== 'v1');
}

/** Such as `postRequestsByRequestIdDecision`: stable as long as method and path are. */
function operationId(route: Route): string {
  const words = segmentsOf(route).map((segment) =>
    segment.startsWith(':') ? `By-${segment.slice(1)}` : segment.replace('.', '-'),
  );
  return [route.method.toLowerCase(), ...words.flatMap((word) => word.split('-'))]
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
