import { answerByMs, type ReceivedInvitation } from '../domain/receiving/invitation';
import type { ReceivedResource } from '../domain/receiving/received';
import type { ReceiverWrite } from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import type { Seen } from '../domain/receiving/seen';

/** How what was received looks from outside. */

export function invitationView({ accountId, regionId }: ReceiverPlace, invitation: ReceivedInvitation) {
  const { createMs, ...told } = invitation;
  return { accountId, regionId, ...told, createdAt: iso(createMs), answerBy: iso(answerByMs(invitation)) };
}

export function receivedView({ accountId, regionId }: ReceiverPlace, resource: ReceivedResource) {
  const { seen, ...told } = resource;
  return { accountId, regionId, ...told, details: seen === null ? null : detailsView(seen) };
}

const DAY_MS = 86_400_000;

/** Without the ids and owners, which stand beside it. */
function detailsView(seen: Seen) {
  switch (seen.kind) {
    case 'Snapshot': {
      const { snapshotId: _, source: __, creationMs, retentionDays, ...told } = seen;
      const retentionEndsAt = retentionDays === null ? null : iso(creationMs + retentionDays * DAY_MS);
      return { ...told, createdAt: iso(creationMs), retentionDays, retentionEndsAt };
    }
    case 'Image': {
      const { imageId: _, ownerAccountId: __, received: ___, ...told } = seen;
      return told;
    }
    case 'DeploymentSet': {
      const { deploymentSetId: _, ownerAccountId: __, ...told } = seen;
      return told;
    }
    case 'VSwitch': {
      const { vSwitchId: _, ownerAccountId: __, ...told } = seen;
      return told;
    }
  }
}

export function useView({ place, name, call, state }: ReceiverWrite) {
  const { accountId, regionId } = place;
  const shown = {
    accountId,
    regionId,
    useId: name,
    call: call.call,
    madeId: null,
    requestId: '',
    detail: '',
  };
  if (state.is === 'open') return { ...shown, status: state.is };
  if (state.is === 'unsure') return { ...shown, status: state.is, detail: state.why };
  const { outcome } = state;
  switch (outcome.is) {
    case 'done':
      return { ...shown, status: outcome.is, madeId: outcome.madeId, requestId: outcome.requestId };
    case 'refused':
      return {
        ...shown,
        status: outcome.is,
        requestId: outcome.requestId,
        detail: `${outcome.code}: ${outcome.message}`,
      };
    case 'try-again':
      return { ...shown, status: outcome.is, detail: outcome.code };
    case 'unknown':
      return { ...shown, status: outcome.is, detail: outcome.why };
  }
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
