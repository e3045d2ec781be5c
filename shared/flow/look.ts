import type { Grant, Ledger } from '../domain/sharing/ledger';
import { sees, type ShareRequest } from '../domain/sharing/request';
import { seesAll, type Person } from '../domain/sharing/person';
import { resourceKey, type ResourceRef } from '../domain/sharing/resource';
import { ALL_LEDGERS } from './ledger-streams';
import type { Aggregates, Lists } from './ports';
import { no, yes, type Answer } from './refusal';
import { ALL_REQUESTS, requestsOf } from './request-streams';

export interface Page {
  limit: number;
  after?: string;
}

/** One request with what became of each of its grants. */
export async function lookAtRequest(
  ports: { aggregates: Aggregates },
  person: Person,
  requestId: string,
): Promise<
  Answer<{ request: ShareRequest; version: number; grants: { resource: ResourceRef; grant: Grant }[] }>
> {
  const stored = await ports.aggregates.load('request', requestId);
  // Somebody else's request looks like none at all, so that ids tell nothing.
  if (stored === null || !sees(person, stored.doc)) {
    return no({ reason: 'not-found', what: 'request', id: requestId });
  }
  const request = stored.doc;
  const ledgers = await ports.aggregates.loadMany('ledger', request.resources.map(resourceKey));
  const grants = request.resources.flatMap((resource) =>
    request.principals.flatMap(({ id }) => {
      const grant = ledgers.get(resourceKey(resource))?.doc.grants[id];
      return grant === undefined ? [] : [{ resource, grant }];
    }),
  );
  return yes({ request, version: stored.version, grants });
}

/** Requests, newest first. */
export async function listRequests(
  ports: { aggregates: Aggregates; lists: Lists },
  person: Person,
  page: Page,
): Promise<Answer<{ requests: ShareRequest[]; next: string | null }>> {
  const list = seesAll(person) ? ALL_REQUESTS : requestsOf(person.subject);
  const { ids, next } = await ports.lists.page(list, { ...page, newestFirst: true });
  const found = await ports.aggregates.loadMany('request', ids);
  return yes({ requests: ids.flatMap((id) => found.get(id)?.doc ?? []), next });
}

/** Ledgers with every grant there is or was, by resource. Not for those who may see only their own requests. */
export async function listGrants(
  ports: { aggregates: Aggregates; lists: Lists },
  person: Person,
  page: Page,
): Promise<Answer<{ ledgers: Ledger[]; next: string | null }>> {
  if (!seesAll(person)) return no({ reason: 'role-needed', needs: ['approver', 'operator', 'auditor'] });
  const { ids, next } = await ports.lists.page(ALL_LEDGERS, page);
  const found = await ports.aggregates.loadMany('ledger', ids);
  return yes({ ledgers: ids.flatMap((id) => found.get(id)?.doc ?? []), next });
}
