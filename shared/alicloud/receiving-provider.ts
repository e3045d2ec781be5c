import type { Done, ReceiverCall, ReceiverOutcome } from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import { ProviderError, type ReceivingProvider } from '../flow/ports';
import { answerInvitation, receivedInvitations } from './invitations';
import { findMade, makeOfReceived } from './make-of-received';
import { outcomeOf } from './outcome';
import type { ProviderClient } from './provider-client';
import { seenDeploymentSets, seenImages, seenSnapshots, seenVSwitches } from './seen-by-receiver';
import { sharedToUs } from './shared-to-us';

/** What was shared with any account that the client can reach, and what is made of it there. */
export function receivingProvider(client: ProviderClient): ReceivingProvider {
  return {
    invitations: (place) => receivedInvitations(client, place),
    invitation: async (place, id) => (await receivedInvitations(client, place, id))[0] ?? null,
    async received(place) {
      const shared = await sharedToUs(client, place);
      const idsOf = (type: string) =>
        shared.filter(({ resourceType }) => resourceType === type).map(({ resourceId }) => resourceId);
      const seen = await Promise.all([
        seenSnapshots(client, place),
        seenImages(client, place),
        seenDeploymentSets(client, place, idsOf('DeploymentSet')),
        seenVSwitches(client, place, idsOf('VSwitch')),
      ]);
      return { shared, seen: seen.flat() };
    },
    snapshot: async (place, id) => (await seenSnapshots(client, place, [id]))[0] ?? null,
    image: async (place, id) => (await seenImages(client, place, id))[0] ?? null,
    deploymentSet: async (place, id) => (await seenDeploymentSets(client, place, [id]))[0] ?? null,
    vSwitch: async (place, id) => (await seenVSwitches(client, place, [id]))[0] ?? null,
    async make(place, call, token) {
      try {
        return await make(client, place, call, token);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return LAST_IS_UNDER_WAY === error.code
          ? { is: 'unknown', why: `${error.code}: ${error.message}` }
          : outcomeOf(error);
      }
    },
    find: (place, call, token) => find(client, place, call, token),
  };
}

/** CreateDisk: an earlier call with the same token is being worked on. */
const LAST_IS_UNDER_WAY = 'LastTokenProcessing';

async function make(
  client: ProviderClient,
  place: ReceiverPlace,
  call: ReceiverCall,
  token: string,
): Promise<ReceiverOutcome> {
  switch (call.call) {
    case 'AcceptResourceShareInvitation':
    case 'RejectResourceShareInvitation': {
      const requestId = await answerInvitation(client, place, call.call, call.invitationId);
      return { is: 'done', requestId, madeId: null };
    }
    case 'CreateDisk':
    case 'CopySnapshot':
    case 'RunInstances':
      return { is: 'done', ...(await makeOfReceived(client, place, call, token)) };
  }
}

async function find(
  client: ProviderClient,
  place: ReceiverPlace,
  call: ReceiverCall,
  token: string,
): Promise<Done | null> {
  switch (call.call) {
    case 'AcceptResourceShareInvitation':
    case 'RejectResourceShareInvitation': {
      const [invitation] = await receivedInvitations(client, place, call.invitationId);
      const meant = call.call === 'AcceptResourceShareInvitation' ? 'Accepted' : 'Rejected';
      return invitation?.status === meant ? { is: 'done', requestId: '', madeId: null } : null;
    }
    case 'CreateDisk':
    case 'CopySnapshot':
    case 'RunInstances': {
      const madeId = await findMade(client, place, call, token);
      return madeId === null ? null : { is: 'done', requestId: '', madeId };
    }
  }
}
