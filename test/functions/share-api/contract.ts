import type { OpenApiDocument } from '../../../shared/edge/openapi-document';
import type { Operation } from '../../../shared/edge/openapi-operation';
import { wrongWith } from '../../kit/json-schema';
import type { Asked, Said } from './door';

/** Everything in which a call and its answer differ from what the document says; empty = nothing. */
export function breaches(
  document: OpenApiDocument,
  method: string,
  path: string,
  asked: Asked,
  said: Said,
): string[] {
  const found = Object.entries(document.paths).find(([template]) => matches(template, path));
  if (found === undefined) return only(said, 404, 'unknown-path');
  const operation = found[1][method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (operation === undefined) return only(said, 405, 'unknown-method');
  const response = operation.responses[said.status];
  if (response === undefined) return [`${said.status} ${said.json?.code} is not in the document`];
  const missing = Object.keys(response.headers ?? {}).filter(
    (name) => ALWAYS.has(name) && !(name.toLowerCase() in said.headers),
  );
  return [
    ...missing.map((name) => `The header ${name} is missing`),
    ...(method === 'HEAD' || said.status === 304 ? [] : wrongBody(document, response, said)),
    ...(said.status < 300 ? wrongAsked(document, operation, asked) : []),
  ];
}

/** Headers that are there whenever the document names them; the others depend on more. */
const ALWAYS = new Set(['Location', 'ETag', 'WWW-Authenticate']);

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

function only(said: Said, status: number, code: string): string[] {
  return said.status === status && said.json.code === code
    ? []
    : [`Expected ${status} ${code} where the document has nothing, and not ${said.status}`];
}

function wrongBody(
  document: OpenApiDocument,
  response: Operation['responses'][string],
  said: Said,
): string[] {
  const type = said.headers['content-type'] ?? '';
  const content = response.content?.[type];
  if (content === undefined) return [`${said.status} is answered as ${type}`];
  return wrongWith(document, content.schema as Record<string, unknown>, said.json);
}

/** What was taken must be what the document says may be sent. */
function wrongAsked(document: OpenApiDocument, operation: Operation, asked: Asked): string[] {
  const schema = operation.requestBody?.content['application/json']?.schema as Record<string, unknown>;
  const sent = asked.body ?? (asked.raw === undefined ? undefined : JSON.parse(asked.raw.toString()));
  if (schema === undefined) return [];
  return sent === undefined ? ['No body was sent'] : wrongWith(document, schema, sent);
}
