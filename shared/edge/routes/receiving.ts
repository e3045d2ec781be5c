import { instructionsFor, isResourceType } from '../../domain/receiving/instructions';
import type { InvitationAnswer } from '../../domain/receiving/invitation';
import type { UseCall } from '../../domain/receiving/receiver-write';
import { ROLES, type Person } from '../../domain/sharing/person';
import { ANSWER_INVITATIONS, answerInvitation } from '../../flow/answer-invitation';
import { listInvitations, listReceived, lookAtUse, SEE_RECEIVED } from '../../flow/look-at-received';
import { no } from '../../flow/refusal';
import type { Terms } from '../../flow/terms';
import { useReceived, USE_RECEIVED } from '../../flow/use-received';
import { invitationView, receivedView, useView } from '../receiving-view';
import { created, replied, route, type Desk, type Route } from '../route';
import {
  copyBody,
  copyCall,
  diskBody,
  diskCall,
  instanceBody,
  instanceCall,
  regionBody,
  regionQuery,
} from '../schemas/receiving';

/** What reaching the provider may come to. */
const OF_THE_PROVIDER = ['provider-refused', 'provider-busy', 'provider-unsure'] as const;

export const receivingRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/receiving/instructions/:resourceType',
    may: ROLES,
    summary: 'What a receiver of such a resource has to do, may do and may not',
    says: 'ReceiverInstructions',
    async answer({ ids: { resourceType } }) {
      return isResourceType(resourceType)
        ? replied(instructionsFor(resourceType))
        : no({ reason: 'not-found', what: 'resource-type', id: resourceType });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/receiving/:accountId/invitations',
    may: SEE_RECEIVED,
    summary: 'Invitations to one of our accounts that somebody still has to answer',
    query: regionQuery,
    says: 'Invitations',
    problems: OF_THE_PROVIDER,
    async answer({ desk, ids, query }, person) {
      const place = { ...ids, ...query };
      const listed = await listInvitations(await withProvider(desk), person, place);
      if (!listed.ok) return listed;
      return replied({ invitations: listed.value.map((one) => invitationView(place, one)) });
    },
  }),
  ...(['accept', 'reject'] as const).map((answer) => answerRoute(answer)),
  route({
    method: 'GET',
    path: '/v1/receiving/:accountId/resources',
    may: SEE_RECEIVED,
    summary: 'What others share with one of our accounts',
    notes: 'A received snapshot has an id of its own here; `source` is what its owner calls it.',
    query: regionQuery,
    says: 'ReceivedResources',
    problems: OF_THE_PROVIDER,
    async answer({ desk, ids, query }, person) {
      const place = { ...ids, ...query };
      const listed = await listReceived(await withProvider(desk), person, place);
      if (!listed.ok) return listed;
      return replied({ resources: listed.value.map((one) => receivedView(place, one)) });
    },
  }),
  route({
    method: 'POST',
    path: '/v1/receiving/:accountId/disks',
    may: USE_RECEIVED,
    summary: 'Make a disk of a received snapshot',
    body: diskBody,
    status: 201,
    says: 'Use',
    problems: OF_THE_PROVIDER,
    answer: async ({ desk, ids, body, terms }, person) =>
      await used(desk, person, { ...ids, regionId: body.regionId }, diskCall(body), terms),
  }),
  route({
    method: 'POST',
    path: '/v1/receiving/:accountId/snapshot-copies',
    may: USE_RECEIVED,
    summary: 'Copy a received snapshot',
    notes: "The copy is the account's own: it may be shared, and stays when the sharing ends.",
    body: copyBody,
    status: 201,
    says: 'Use',
    problems: OF_THE_PROVIDER,
    answer: async ({ desk, ids, body, terms }, person) =>
      await used(desk, person, { ...ids, regionId: body.regionId }, copyCall(body), terms),
  }),
  route({
    method: 'POST',
    path: '/v1/receiving/:accountId/instances',
    may: USE_RECEIVED,
    summary: 'Run an instance from a received image, in a received deployment set or on a received vSwitch',
    body: instanceBody,
    status: 201,
    says: 'Use',
    problems: OF_THE_PROVIDER,
    answer: async ({ desk, ids, body, terms }, person) =>
      await used(desk, person, { ...ids, regionId: body.regionId }, instanceCall(body), terms),
  }),
  route({
    method: 'GET',
    path: '/v1/receiving/:accountId/uses/:useId',
    may: SEE_RECEIVED,
    summary: 'What became of a disk, copy or instance that was asked for',
    says: 'Use',
    async answer({ desk, ids }, person) {
      const looked = await lookAtUse(desk, person, ids.accountId, ids.useId);
      return looked.ok ? replied(useView(looked.value)) : looked;
    },
  }),
];

function answerRoute(answer: InvitationAnswer): Route {
  return route({
    method: 'POST',
    path: `/v1/receiving/:accountId/invitations/:invitationId/${answer}`,
    may: ANSWER_INVITATIONS,
    summary: `${answer === 'accept' ? 'Accept' : 'Reject'} an invitation to one of our accounts`,
    body: regionBody,
    says: 'Invitation',
    problems: ['invitation-ended', ...OF_THE_PROVIDER],
    async answer({ desk, ids, body }, person) {
      const place = { accountId: ids.accountId, regionId: body.regionId };
      const ports = await withProvider(desk);
      const answered = await answerInvitation(ports, person, place, ids.invitationId, answer);
      if (!answered.ok) return answered;
      await desk.wake('webhook-dispatcher');
      return replied(invitationView(place, answered.value));
    },
  });
}

async function used(
  desk: Desk,
  person: Person,
  place: { accountId: string; regionId: string },
  call: UseCall,
  terms: Terms,
) {
  const made = await useReceived(await withProvider(desk), person, place, call, terms);
  if (!made.ok) return made;
  await desk.wake('webhook-dispatcher');
  const { write } = made.value;
  return created(`/v1/receiving/${place.accountId}/uses/${write.name}`, useView(write));
}

async function withProvider(desk: Desk) {
  return { ...desk, provider: await desk.receiving() };
}
