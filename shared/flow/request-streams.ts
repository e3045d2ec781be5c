import type { Actor } from '../domain/audit/event';
import type { Decision, ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import type { DueQueueName, ListEntry } from './ports';

/** Every request, and every request of one person, oldest first. */
export const ALL_REQUESTS = 'requests';
export const REQUESTS_DUE: DueQueueName = 'requests';

export function requestsOf(subject: string): string {
  return `requests-of/${subject}`;
}

/** Requests that go on from one. */
export function extensionsOf(requestId: string): string {
  return `extensions-of/${requestId}`;
}

export function requestLists(request: ShareRequest): ListEntry[] {
  const sort = String(request.createdMs).padStart(15, '0');
  return [
    { list: ALL_REQUESTS, sort },
    { list: requestsOf(request.requestedBy.subject), sort },
    ...(request.extensionOf === null ? [] : [{ list: extensionsOf(request.extensionOf), sort }]),
  ];
}

export function byPerson(person: Person): Actor {
  return { kind: 'person', subject: person.subject, name: person.name };
}

export function byDecider(decider: Decision['by']): Actor {
  return 'policyVersion' in decider ? { kind: 'policy', version: decider.policyVersion } : byPerson(decider);
}
