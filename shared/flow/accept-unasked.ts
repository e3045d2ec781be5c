import { mayBeAcceptedUnasked } from '../domain/receiving/invitation';
import { placeKey, type Place } from '../domain/sharing/resource';
import { answerCall } from './answer-invitation';
import { BY } from './managed-shares';
import { ProviderError, type TimeLeft } from './ports';
import { writeAsReceiver, type WritePorts } from './receiver-writes';

export interface AcceptanceReport {
  accepted: number;
  /** What was tried and not accepted, or could not be read. The next run comes by again. */
  notAccepted: { place: string; code: string; message: string }[];
}

/** Accepts what owners on the list offer to our accounts, without asking anybody. An empty list reads nothing. */
export async function acceptUnasked(
  ports: WritePorts,
  places: readonly Place[],
  acceptFrom: readonly string[],
  timeLeft: TimeLeft,
): Promise<AcceptanceReport> {
  const report: AcceptanceReport = { accepted: 0, notAccepted: [] };
  if (acceptFrom.length === 0) return report;
  for (const place of places) {
    if (timeLeft() <= 0) break;
    try {
      await acceptIn(ports, place, acceptFrom, timeLeft, report);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      report.notAccepted.push({ place: placeKey(place), code: error.code, message: error.message });
    }
  }
  return report;
}

async function acceptIn(
  ports: WritePorts,
  place: Place,
  acceptFrom: readonly string[],
  timeLeft: TimeLeft,
  report: AcceptanceReport,
): Promise<void> {
  const at = { accountId: place.ownerAccountId, regionId: place.regionId };
  for (const invitation of await ports.provider.invitations(at)) {
    if (!mayBeAcceptedUnasked(invitation, acceptFrom, ports.clock.nowMs())) continue;
    if (timeLeft() <= 0) return;
    const { invitationId: name } = invitation;
    const call = answerCall(invitation, 'accept');
    const written = await writeAsReceiver(ports, { name, place: at, call, by: BY });
    if (written.ok) report.accepted += 1;
    else report.notAccepted.push({ place: placeKey(place), ...whyNot(name, written.refusal) });
  }
}

function whyNot(name: string, refusal: { reason: string; code?: string; message?: string }) {
  return { code: refusal.code ?? refusal.reason, message: `${name}: ${refusal.message ?? refusal.reason}` };
}
