import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../shared/edge/openapi-document';
import type { Operation } from '../../../shared/edge/openapi-operation';
import { ALL_ROUTES } from '../../../shared/edge/routes/all';
import { referred } from '../../kit/json-schema';

const document = openApiDocument(ALL_ROUTES);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
);

/** Every object in the document, with the place it stands at. */
function* everyObject(value: unknown, at = '#'): Generator<[string, Record<string, unknown>]> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>];
  for (const [key, inside] of Object.entries(value)) yield* everyObject(inside, `${at}/${key}`);
}

function isThere($ref: string): boolean {
  try {
    referred(document, $ref);
    return true;
  } catch {
    return false;
  }
}

test('the document has every route, and none more', () => {
  const routes = ALL_ROUTES.map(
    ({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
  );
  expect(operations.map(([name]) => name).toSorted()).toEqual(routes.toSorted());
});

test('everything that it refers to is in it, and everything in it is referred to', () => {
  const used = new Set<string>();
  for (const [at, { $ref }] of everyObject(document)) {
    if (typeof $ref !== 'string') continue;
    if (!isThere($ref)) throw new Error(`${at} refers to ${$ref}, which is not there`);
    used.add($ref);
  }
  const { securitySchemes: _named, ...components } = document.components;
  const there = Object.entries(components).flatMap(([kind, named]) =>
    Object.keys(named).map((name) => `#/components/${kind}/${name}`),
  );
  expect(there.filter((ref) => !used.has(ref))).toEqual([]);
});

test('it is plain JSON', () => {
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});

test('operations have ids of their own', () => {
  const ids = operations.map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('postRequestsByRequestIdDecision');
  for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
});

describe.each(operations)('%s', (name, operation) => {
  test('is described as OpenAPI 3.1 asks', () => {
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    const template = [...name.matchAll(/\{(\w+)\}/g)].map(([, id]) => id);
    const resolved = operation.parameters.map((one) => ('$ref' in one ? referred(document, one.$ref) : one));
    expect(resolved.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(template);
    for (const one of resolved) {
      expect(['path', 'query', 'header']).toContain(one.in);
      // Of a query alone the schema says what must be there.
      if (one.in !== 'query') expect(one.required).toBe(one.in === 'path');
      expect(one.schema).toBeTypeOf('object');
    }
    const names = resolved.map((one) => `${String(one.in)} ${String(one.name)}`);
    expect(new Set(names).size).toBe(names.length);
    for (const [status, { description }] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[2345]\d\d$/);
      expect(description).toMatch(/\.$/);
    }
    for (const scheme of operation.security.flatMap(Object.keys))
      expect(Object.keys(document.components.securitySchemes)).toContain(scheme);
  });

  test('says who may, and what may go wrong', () => {
    const open = operation.security.length === 0;
    expect(operation['x-roles'] === undefined).toBe(open);
    expect('401' in operation.responses).toBe(!open);
    expect('403' in operation.responses).toBe(!open);
    expect(Object.keys(operation.responses)).toContain('500');
    expect('412' in operation.responses).toBe(
      operation.parameters.some((one) => '$ref' in one && one.$ref.endsWith('/IfMatch')),
    );
  });
});
