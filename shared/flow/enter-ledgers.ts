import { newLedger, withWindow, withWindowEnded, type Ledger } from '../domain/sharing/ledger';
import type { RequestState, ShareRequest } from '../domain/sharing/request';
import { placeKey, resourceKey, type ResourceRef } from '../domain/sharing/resource';
import { changeOrThrow, type Resolution } from './change';
import { ALL_LEDGERS, BY_ID, ledgersOf } from './ledger-streams';
import type { Aggregates, Stored } from './ports';
import { byDecider, byPerson } from './request-streams';

type Settled = Extract<RequestState, { inLedgers: boolean }>;

/**
 * Enters what a decided request means into the ledger of each of its resources, then says so on the request.
 * Each step may be repeated: whoever finds the request half entered goes on with it.
 */
export async function enterLedgers(
  ports: { aggregates: Aggregates },
  stored: Stored<ShareRequest>,
): Promise<Stored<ShareRequest>> {
  const { state } = stored.doc;
  if (!('inLedgers' in state) || state.inLedgers) return stored;
  for (const resource of stored.doc.resources) {
    await changeOrThrow(ports.aggregates, 'ledger', resourceKey(resource), (ledger) =>
      entered(ledger ?? newLedger(resource), stored.doc, state, resource),
    );
  }
  const done = await changeOrThrow(ports.aggregates, 'request', stored.doc.requestId, (request) =>
    request !== null &&
    request.state.is === state.is &&
    'inLedgers' in request.state &&
    !request.state.inLedgers
      ? { is: 'write', doc: { ...request, state: { ...request.state, inLedgers: true } }, events: [] }
      : { is: 'keep' },
  );
  return done ?? stored;
}

function entered(
  ledger: Ledger,
  request: ShareRequest,
  state: Settled,
  resource: ResourceRef,
): Exclude<Resolution<Ledger>, { is: 'refuse' }> {
  const next = afterDecision(ledger, request, state);
  if (JSON.stringify(next) === JSON.stringify(ledger)) return { is: 'keep' };
  return {
    is: 'write',
    doc: next,
    events: [
      {
        type: state.is === 'approved' ? 'grant.approved' : 'grant.revoked',
        by: state.is === 'approved' ? byDecider(state.decision.by) : byPerson(state.revokedBy),
        data: {
          resource: { ...resource },
          requestId: request.requestId,
          principals: request.principals.map((principal) => ({ ...principal })),
        },
      },
    ],
    lists: [
      { list: ALL_LEDGERS, sort: BY_ID },
      { list: ledgersOf(placeKey(resource)), sort: BY_ID },
    ],
  };
}

function afterDecision(ledger: Ledger, request: ShareRequest, state: Settled): Ledger {
  const window = {
    requestId: request.requestId,
    startMs: request.startMs ?? state.decision.atMs,
    endMs: request.endMs,
  };
  return state.is === 'approved'
    ? withWindow(ledger, request.principals, window, state.decision.atMs)
    : withWindowEnded(ledger, request.principals, window, state.revokedMs);
}
