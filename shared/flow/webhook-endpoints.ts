import type { Person, Role } from '../domain/sharing/person';
import { urlProblems, type Loopback } from '../domain/webhooks/address';
import { isEventType } from '../domain/webhooks/catalogue';
import type { WebhookEndpoint } from '../domain/webhooks/endpoint';
import { NEW_SECRET_BYTES, secretFrom } from '../domain/webhooks/signature';
import { allEndpoints, WEBHOOK_ENDPOINTS } from './endpoint-list';
import type { Aggregates, Clock, DeliveryQueue, Lists, LoggedAttempt } from './ports';
import { no, yes, type Answer, type FieldProblem } from './refusal';
import { byPerson } from './request-streams';

export interface EndpointWish {
  url: string;
  description: string;
  /** Empty = every type. */
  types: readonly string[];
}

/** An endpoint as it may be shown: the secret was shown once, when it was made. */
export type ShownEndpoint = Omit<WebhookEndpoint, 'secret'>;

const DESCRIPTION_LENGTH_MAX = 200;
const ATTEMPTS_SHOWN_MAX = 1_000;
const MAY_CHANGE: readonly Role[] = ['operator'];
const MAY_LOOK: readonly Role[] = ['operator', 'auditor'];

/** Adds an endpoint, enabled at once. Its secret is in this answer and in no other. */
export async function addEndpoint(
  ports: {
    aggregates: Aggregates;
    clock: Clock;
    newId: () => string;
    randomBytes: (count: number) => Buffer;
    webhookLoopback: Loopback;
  },
  person: Person,
  wish: EndpointWish,
): Promise<Answer<{ endpoint: ShownEndpoint; secret: string }>> {
  if (!hasRole(person, MAY_CHANGE)) return no({ reason: 'role-needed', needs: MAY_CHANGE });
  const problems = problemsOf(wish, ports.webhookLoopback);
  if (problems.length > 0) return no({ reason: 'invalid', problems });

  const endpoint: WebhookEndpoint = {
    endpointId: `whe-${ports.newId()}`,
    url: wish.url,
    description: wish.description,
    secret: secretFrom(ports.randomBytes(NEW_SECRET_BYTES)),
    createdMs: ports.clock.nowMs(),
    enabled: true,
    types: [...new Set(wish.types.filter(isEventType))],
  };
  const saved = await ports.aggregates.save('webhook-endpoint', endpoint.endpointId, null, {
    doc: endpoint,
    events: [
      {
        type: 'webhook.endpoint_added',
        by: byPerson(person),
        // Only the host: the rest of a webhook URL is often a secret.
        data: {
          endpointId: endpoint.endpointId,
          host: new URL(endpoint.url).host,
          description: endpoint.description,
          types: endpoint.types,
        },
      },
    ],
    lists: [{ list: WEBHOOK_ENDPOINTS, sort: endpoint.endpointId }],
  });
  if (saved === 'saved') return yes({ endpoint: shown(endpoint), secret: endpoint.secret });
  // The id is this call's alone: whoever was first is another attempt at it, and its secret is the one that counts.
  const first = await ports.aggregates.load('webhook-endpoint', endpoint.endpointId);
  if (first === null) return no({ reason: 'busy' });
  return yes({ endpoint: shown(first.doc), secret: first.doc.secret });
}

export async function listEndpoints(
  ports: { aggregates: Aggregates; lists: Lists },
  person: Person,
): Promise<Answer<ShownEndpoint[]>> {
  if (!hasRole(person, MAY_LOOK)) return no({ reason: 'role-needed', needs: MAY_LOOK });
  const endpoints = await allEndpoints(ports);
  return yes(
    endpoints.map(shown).sort((a, b) => a.createdMs - b.createdMs || (a.endpointId < b.endpointId ? -1 : 1)),
  );
}

/** The newest attempts of an endpoint, newest first, at most 1,000. */
export async function listDeliveries(
  ports: { aggregates: Aggregates; queue: DeliveryQueue },
  person: Person,
  endpointId: string,
  limit: number,
): Promise<Answer<LoggedAttempt[]>> {
  if (!hasRole(person, MAY_LOOK)) return no({ reason: 'role-needed', needs: MAY_LOOK });
  if ((await ports.aggregates.load('webhook-endpoint', endpointId)) === null) {
    return no({ reason: 'not-found', what: 'webhook-endpoint', id: endpointId });
  }
  return yes(await ports.queue.log(endpointId, Math.min(limit, ATTEMPTS_SHOWN_MAX)));
}

function problemsOf(wish: EndpointWish, loopback: Loopback): FieldProblem[] {
  const problems: FieldProblem[] = urlProblems(wish.url, loopback).map((problem) => ({
    pointer: '/url',
    ...problem,
  }));
  if (wish.description.length > DESCRIPTION_LENGTH_MAX) {
    problems.push({
      pointer: '/description',
      code: 'too-long',
      message: `A description has at most ${DESCRIPTION_LENGTH_MAX} characters.`,
    });
  }
  wish.types.forEach((type, at) => {
    if (!isEventType(type)) {
      problems.push({
        pointer: `/types/${at}`,
        code: 'unknown-event-type',
        message: 'There is no event of this type.',
      });
    }
  });
  return problems;
}

function hasRole(person: Person, roles: readonly Role[]): boolean {
  return roles.some((role) => person.roles.includes(role));
}

function shown({ secret: _secret, ...rest }: WebhookEndpoint): ShownEndpoint {
  return rest;
}
