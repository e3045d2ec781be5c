import { ask } from '../../flow/ask';
import { decide } from '../../flow/decide';
import { listRequests, lookAtRequest } from '../../flow/look';
import type { Stored } from '../../flow/ports';
import { no, type Answer } from '../../flow/refusal';
import { revoke } from '../../flow/revoke';
import { withdraw } from '../../flow/withdraw';
import { ROLES, type ShareRequest } from '../../domain/sharing/request';
import type { EdgeAnswer } from '../edge-refusal';
import { readBody } from '../read-body';
import { grantView, requestView } from '../representation';
import { created, idIn, replied, type Call, type Reply, type Route } from '../route';
import { decisionBody, revokeBody } from '../schemas/decision';
import { parsedQuery } from '../schemas/field-problems';
import { pageQuery } from '../schemas/page';
import { wishBody, wishFrom } from '../schemas/wish';

export const requestRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/requests',
    may: ['requester'],
    async answer(call, person) {
      const body = await readBody(call.req.raw, wishBody);
      if (!body.ok) return body;
      const asked = await ask(call.env, person, wishFrom(body.value, call.env.ownAccountId));
      if (!asked.ok) return asked;
      await call.env.wake('webhook-dispatcher');
      const { doc } = asked.value;
      return created(`/v1/requests/${doc.requestId}`, requestView(doc));
    },
  },
  {
    method: 'GET',
    path: '/v1/requests',
    may: ROLES,
    async answer(call, person) {
      const page = parsedQuery(pageQuery, call.req.raw);
      if (!page.ok) return page;
      const listed = await listRequests(call.env, person, page.value);
      if (!listed.ok) return listed;
      return replied({ requests: listed.value.requests.map(requestView), next: listed.value.next });
    },
  },
  {
    method: 'GET',
    path: '/v1/requests/:requestId',
    may: ROLES,
    async answer(call, person) {
      const id = idIn(call, 'requestId');
      const looked = id === null ? unknown(call) : await lookAtRequest(call.env, person, id);
      if (!looked.ok) return looked;
      const { request, grants } = looked.value;
      return replied({
        ...requestView(request),
        grants: grants.map(({ resource, grant }) => grantView(resource, grant)),
      });
    },
  },
  {
    method: 'POST',
    path: '/v1/requests/:requestId/decision',
    may: ['approver'],
    async answer(call, person) {
      const id = idIn(call, 'requestId');
      const body = await readBody(call.req.raw, decisionBody);
      if (!body.ok) return body;
      return await changed(
        call,
        id === null ? unknown(call) : await decide(call.env, person, id, body.value),
      );
    },
  },
  {
    method: 'POST',
    path: '/v1/requests/:requestId/withdraw',
    may: ['requester'],
    async answer(call, person) {
      const id = idIn(call, 'requestId');
      return await changed(call, id === null ? unknown(call) : await withdraw(call.env, person, id));
    },
  },
  {
    method: 'POST',
    path: '/v1/requests/:requestId/revoke',
    may: ['requester', 'approver', 'operator'],
    async answer(call, person) {
      const id = idIn(call, 'requestId');
      const body = await readBody(call.req.raw, revokeBody);
      if (!body.ok) return body;
      return await changed(
        call,
        id === null ? unknown(call) : await revoke(call.env, person, id, body.value.reason),
      );
    },
  },
];

/** Answers the request as it is now, after waking whoever has something to do because of it. */
async function changed(call: Call, answer: Answer<Stored<ShareRequest>>): Promise<EdgeAnswer<Reply>> {
  if (!answer.ok) return answer;
  const { doc } = answer.value;
  const touchesGrants = doc.state.is === 'approved' || doc.state.is === 'revoked';
  await Promise.all([
    call.env.wake('webhook-dispatcher'),
    ...(touchesGrants ? [call.env.wake('invitation-poller')] : []),
  ]);
  return replied(requestView(doc));
}

function unknown(call: Call): Answer<never> {
  return no({ reason: 'not-found', what: 'request', id: (call.req.param('requestId') ?? '').slice(0, 64) });
}
