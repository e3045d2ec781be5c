import { ROLES } from '../../domain/sharing/person';
import { currentPolicy, policyVersion, uploadPolicy } from '../../flow/policies';
import { etagOf } from '../etag';
import { policyView } from '../representation';
import { replied, route, type Route } from '../route';
import { policyBody } from '../schemas/policy';

export const policyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/policy',
    may: ROLES,
    summary: 'The policy that requests are judged by now',
    versions: 'seen',
    says: 'PolicyVersion',
    async answer({ desk }) {
      return shown(await currentPolicy(desk));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/policies/:version',
    may: ROLES,
    summary: 'A version of the policy, as requests name it',
    versions: 'seen',
    says: 'PolicyVersion',
    async answer({ desk, ids }) {
      const found = await policyVersion(desk, ids.version);
      return found.ok ? shown(found.value) : found;
    },
  }),
  route({
    method: 'PUT',
    path: '/v1/policy',
    may: ['operator'],
    summary: 'Put another policy in place',
    notes:
      'If-Match is needed: the ETag of the policy that stands. Requests keep the version that judged them; those that come are judged by the new one.',
    versions: 'changed',
    body: policyBody,
    says: 'PolicyVersion',
    problems: ['precondition-needed', 'policy-changed'],
    async answer({ desk, body, terms }, person) {
      const uploaded = await uploadPolicy(desk, person, body, terms);
      if (!uploaded.ok) return uploaded;
      await desk.wake('webhook-dispatcher');
      return shown(uploaded.value);
    },
  }),
];

function shown(version: Parameters<typeof policyView>[0]) {
  const view = policyView(version);
  return replied(view, { etag: etagOf(version.number, view) });
}
