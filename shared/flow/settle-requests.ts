import type { ShareRequest } from '../domain/sharing/request';
import { reviewOverdue } from '../domain/sharing/review';
import { changeOrThrow } from './change';
import { enterLedgers } from './enter-ledgers';
import type { Aggregates, Clock, DueEntry, DueQueue, Lists, TimeLeft } from './ports';
import { REQUESTS_DUE } from './request-streams';
import { endExtensions } from './revoke';

const PER_RUN_MAX = 500;
/** A writer puts the due entry before the request; for this long it may still be about to write the request. */
const WRITER_GRACE_MS = 120_000;

/** Finishes what a dead process left half done, lets requests lapse that nobody decided, and tells of late reviews. */
export async function settleRequests(
  ports: { aggregates: Aggregates; lists: Lists; due: DueQueue; clock: Clock },
  timeLeft: TimeLeft,
): Promise<{ settled: number }> {
  let settled = 0;
  for (const entry of await ports.due.due(REQUESTS_DUE, ports.clock.nowMs(), PER_RUN_MAX)) {
    if (timeLeft() <= 0) break;
    if (await settle(ports, entry)) {
      await ports.due.done(entry);
      settled += 1;
    }
  }
  return { settled };
}

/** Whether the entry has done its service. */
async function settle(
  ports: { aggregates: Aggregates; lists: Lists; clock: Clock },
  entry: DueEntry,
): Promise<boolean> {
  const stored = await ports.aggregates.load('request', entry.id);
  const nowMs = ports.clock.nowMs();
  const writerIsThrough = entry.dueMs + WRITER_GRACE_MS < nowMs;
  if (stored === null) return writerIsThrough;
  const { state } = stored.doc;
  if (state.is === 'pending') {
    if (state.lapseMs > nowMs) return writerIsThrough;
    await lapse(ports, entry.id, nowMs);
    return true;
  }
  await enterLedgers(ports, stored);
  await endExtensions(ports, stored.doc);
  await tellOverdueReview(ports, entry.id, nowMs);
  // An approval that is entered may be followed by a revocation whose writer died before it: its own entry stays.
  return true;
}

async function lapse(ports: { aggregates: Aggregates }, requestId: string, nowMs: number): Promise<void> {
  await changeOrThrow(ports.aggregates, 'request', requestId, (request) => {
    if (request === null || !hasLapsed(request, nowMs)) return { is: 'keep' };
    return {
      is: 'write',
      doc: { ...request, state: { is: 'lapsed', atMs: nowMs } },
      events: [
        {
          type: 'request.lapsed',
          by: { kind: 'function', name: 'invitation-poller' },
          data: { requestId, lapsedMs: nowMs },
        },
      ],
    };
  });
}

/** Nobody looked in time at what was shared before anybody agreed. The review stays to be done. */
async function tellOverdueReview(
  ports: { aggregates: Aggregates },
  requestId: string,
  nowMs: number,
): Promise<void> {
  await changeOrThrow(ports.aggregates, 'request', requestId, (request) => {
    const overdue = request === null ? null : reviewOverdue(request, nowMs);
    if (overdue === null) return { is: 'keep' };
    return {
      is: 'write',
      doc: overdue,
      events: [
        {
          type: 'request.review_overdue',
          by: { kind: 'function', name: 'invitation-poller' },
          data: { requestId, requestedBy: overdue.requestedBy.subject, overdueMs: nowMs },
        },
      ],
    };
  });
}

function hasLapsed({ state }: ShareRequest, nowMs: number): boolean {
  return state.is === 'pending' && state.lapseMs <= nowMs;
}
