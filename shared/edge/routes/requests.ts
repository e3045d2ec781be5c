import { ask, dryRun } from '../../flow/ask';
import { decide } from '../../flow/decide';
import { extend } from '../../flow/extend';
import { listRequests, lookAtRequest } from '../../flow/look';
import type { Stored } from '../../flow/ports';
import type { Answer } from '../../flow/refusal';
import { review } from '../../flow/review';
import { revoke } from '../../flow/revoke';
import { withdraw } from '../../flow/withdraw';
import { type ShareRequest } from '../../domain/sharing/request';
import { ROLES } from '../../domain/sharing/person';
import { etagOf } from '../etag';
import { preflightView } from '../preflight-view';
import { grantView, requestView, wholeRequestView } from '../representation';
import { created, replied, route, type Desk, type Route } from '../route';
import { ballotFrom, decisionBody, reviewBody, revokeBody } from '../schemas/decision';
import { pageQuery } from '../schemas/page';
import { extensionBody, extensionFrom } from '../schemas/extension';
import { breakGlassFrom, wishBody, wishFrom } from '../schemas/wish';

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
    problems: ['policy-refused', 'preflight-refused', 'confirmation-needed'],
    async answer({ desk, body, terms }, person) {
      const wish = wishFrom(body, desk.ownAccountId);
      const asking = { extensionOf: null, breakGlass: breakGlassFrom(body) };
      return await made(desk, await ask(desk, person, wish, terms, asking));
    },
    tries: {
      says: 'Preflight',
      async answer({ desk, body }, person) {
        const asking = { extensionOf: null, breakGlass: breakGlassFrom(body) };
        const tried = await dryRun(desk, person, wishFrom(body, desk.ownAccountId), asking);
        return tried.ok ? replied(preflightView(tried.value)) : tried;
      },
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
        ...wholeRequestView(request),
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
    problems: ['own-request', 'approver-group-needed', 'already-voted', 'vote-not-needed', 'wrong-state'],
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
  route({
    method: 'POST',
    path: '/v1/requests/:requestId/extension',
    may: ['requester'],
    summary: 'Ask for more of the same: a new request that begins where this one ends',
    notes: 'It is judged like any other. Access has no gap when it is approved before the first one ends.',
    body: extensionBody,
    status: 201,
    says: 'Request',
    versions: 'made',
    problems: ['not-yours', 'policy-refused', 'preflight-refused', 'nothing-to-extend', 'wrong-state'],
    async answer({ desk, ids, body, terms }, person) {
      return await made(desk, await extend(desk, person, ids.requestId, extensionFrom(body), terms));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/requests/:requestId/review',
    may: ['approver'],
    summary: 'Say whether somebody was right to break the glass',
    notes: 'Access stays as it is; to end it, revoke the request.',
    versions: 'changed',
    body: reviewBody,
    says: 'Request',
    problems: ['own-request', 'nothing-to-review', 'already-reviewed'],
    async answer({ desk, ids, body, terms }, person) {
      return await changed(desk, await review(desk, person, ids.requestId, body, terms));
    },
  }),
];

/** Answers a new request, after waking whoever has something to do because of it. */
async function made(desk: Desk, answer: Answer<Stored<ShareRequest>>) {
  const told = await changed(desk, answer);
  if (!told.ok) return told;
  const { body, headers } = told.value;
  return created(`/v1/requests/${body.requestId}`, body, headers);
}

/** Answers the request as it is now, after waking whoever has something to do because of it. */
async function changed(desk: Desk, answer: Answer<Stored<ShareRequest>>) {
  if (!answer.ok) return answer;
  const { doc, version } = answer.value;
  const touchesGrants = doc.state.is === 'approved' || doc.state.is === 'revoked';
  await Promise.all([
    desk.wake('webhook-dispatcher'),
    ...(touchesGrants ? [desk.wake('invitation-poller')] : []),
  ]);
  const shown = wholeRequestView(doc);
  return replied(shown, { etag: etagOf(version, shown) });
}
