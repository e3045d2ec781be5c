import { ask } from '../../flow/ask';
import { decide } from '../../flow/decide';
import { listRequests, lookAtRequest } from '../../flow/look';
import type { Stored } from '../../flow/ports';
import type { Answer } from '../../flow/refusal';
import { revoke } from '../../flow/revoke';
import { withdraw } from '../../flow/withdraw';
import { ROLES, type ShareRequest } from '../../domain/sharing/request';
import { etagOf } from '../etag';
import { grantView, requestView } from '../representation';
import { created, replied, route, type Desk, type Route } from '../route';
import { ballotFrom, decisionBody, revokeBody } from '../schemas/decision';
import { pageQuery } from '../schemas/page';
import { wishBody, wishFrom } from '../schemas/wish';

export const requestRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/requests',
    may: ['requester'],
    summary: 'Ask that principals get access to resources',
    versions: 'made',
    body: wishBody,
    status: 201,
    says: 'Request',
    async answer({ desk, body, terms }, person) {
      const asked = await ask(desk, person, wishFrom(body, desk.ownAccountId), terms);
      if (!asked.ok) return asked;
      await desk.wake('webhook-dispatcher');
      const { doc, version } = asked.value;
      const shown = requestView(doc);
      return created(`/v1/requests/${doc.requestId}`, shown, { etag: etagOf(version, shown) });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/requests',
    may: ROLES,
    summary: 'Requests: your own, or all of them with any role but requester',
    pages: 'newest-first',
    query: pageQuery,
    says: 'RequestPage',
    async answer({ desk, query }, person) {
      const listed = await listRequests(desk, person, query);
      if (!listed.ok) return listed;
      return replied({ requests: listed.value.requests.map(requestView), next: listed.value.next });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/requests/:requestId',
    may: ROLES,
    summary: 'One request, with what became of each of its grants',
    versions: 'seen',
    says: 'RequestWithGrants',
    async answer({ desk, ids }, person) {
      const looked = await lookAtRequest(desk, person, ids.requestId);
      if (!looked.ok) return looked;
      const { request, version, grants } = looked.value;
      const shown = {
        ...requestView(request),
        grants: grants.map(({ resource, grant }) => grantView(resource, grant)),
      };
      return replied(shown, { etag: etagOf(version, shown) });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/requests/:requestId/decision',
    may: ['approver'],
    summary: 'Approve or deny a request of somebody else',
    versions: 'changed',
    body: decisionBody,
    says: 'Request',
    problems: ['own-request', 'wrong-state'],
    async answer({ desk, ids, body, terms }, person) {
      return await changed(desk, await decide(desk, person, ids.requestId, ballotFrom(body), terms));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/requests/:requestId/withdraw',
    may: ['requester'],
    summary: 'Take back a request that nobody has decided',
    versions: 'changed',
    says: 'Request',
    problems: ['not-yours', 'wrong-state'],
    async answer({ desk, ids, terms }, person) {
      return await changed(desk, await withdraw(desk, person, ids.requestId, terms));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/requests/:requestId/revoke',
    may: ['requester', 'approver', 'operator'],
    summary: 'End an approved request early',
    notes: 'The answer says that it ends. What is gone at the provider is seen at the grants of the request.',
    versions: 'changed',
    body: revokeBody,
    says: 'Request',
    problems: ['wrong-state'],
    async answer({ desk, ids, body, terms }, person) {
      return await changed(desk, await revoke(desk, person, ids.requestId, body.reason, terms));
    },
  }),
];

/** Answers the request as it is now, after waking whoever has something to do because of it. */
async function changed(desk: Desk, answer: Answer<Stored<ShareRequest>>) {
  if (!answer.ok) return answer;
  const { doc, version } = answer.value;
  const touchesGrants = doc.state.is === 'approved' || doc.state.is === 'revoked';
  await Promise.all([
    desk.wake('webhook-dispatcher'),
    ...(touchesGrants ? [desk.wake('invitation-poller')] : []),
  ]);
  const shown = requestView(doc);
  return replied(shown, { etag: etagOf(version, shown) });
}
