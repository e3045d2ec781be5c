import { operationOf, type Operation } from './openapi-operation';
import { answerSchemas, type JsonSchema } from './openapi-schemas';
import type { Route } from './route';

export interface OpenApiDocument {
  openapi: '3.1.1';
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    parameters: Record<string, object>;
    headers: Record<string, object>;
    securitySchemes: Record<string, object>;
  };
}

/**
 * The whole API in OpenAPI 3.1, from the routes and the schemas that parse and that answers are held to. For the build
 * and the tests: making it takes longer than a function may need to start.
 */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const at = (paths[route.path.replace(/:(\w+)/g, '{$1}')] ??= {});
    at[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'sharekeeper',
      version: '1',
      summary: 'Self-service sharing of ECS resources with other Alibaba Cloud accounts.',
      description: DESCRIPTION,
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: answerSchemas(),
      parameters: PARAMETERS,
      headers: HEADERS,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of your OIDC issuer; its claim `roles` says who may do what (`x-roles`).',
        },
      },
    },
  };
}

const DESCRIPTION = `
Times are ISO 8601 in UTC. Names of things at the provider are the provider's own: \`regionId\`, \`resourceShareId\`.

**Problems** are RFC 9457 (\`application/problem+json\`), with a stable \`code\`, all reasons at once in \`errors\`, and in
\`nextStep\` what to do.

**Pages.** A list answers \`next\`; send it as \`after\` to read on, until it is null. A page may hold fewer entries than
\`limit\`, even none, and still have a next. A place in a list is a place in its order and not a count, so nothing is shown
twice or passed over because something was added meanwhile.

**Keys.** Every POST takes an \`Idempotency-Key\`. For 24 hours the same call with the same key by the same person is answered
as the first time, with \`Idempotency-Replayed: true\`, also when the first answer was lost or the process died. Refusals are
not kept: they changed nothing, and the same key may come with a corrected body.

**Versions.** A request has an \`ETag\`. Send it as \`If-Match\` with a change, and the change is made only if the request is
still as you saw it; send it as \`If-None-Match\` with a GET, and what you have is not sent again.
`.trim();

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Your own name for this call, such as a UUID, so that sending it again does nothing twice.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The ETag of the request as you saw it, several of them, or `*`. Its version counts; what else was shown with the request, such as grants, may have moved on.',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of what you have.',
    schema: { type: 'string' },
  },
};

const HEADERS = {
  ETag: {
    description: 'A strong validator of this answer; its number is the version of the request.',
    schema: { type: 'string' },
  },
  Location: { description: 'Where it is.', schema: { type: 'string' } },
  IdempotencyReplayed: {
    description: '`true` when this is the answer to an earlier call with the same key.',
    schema: { type: 'string', const: 'true' },
  },
  RetryAfter: { description: 'Seconds to wait, where trying again may help.', schema: { type: 'string' } },
  WWWAuthenticate: { description: 'RFC 6750.', schema: { type: 'string' } },
};
