import { placeKey, type Place } from '../domain/sharing/resource';
import { converge, type ConvergePorts, type PlaceReport } from './converge';
import { ProviderError, type TimeLeft } from './ports';

export interface ConvergenceReport {
  calls: number;
  /** How many places came to each end. */
  places: Partial<Record<PlaceReport['is'] | 'unread', number>>;
  /** Places where the provider could not be read: nothing was changed there, and the next run tries again. */
  unread: { place: string; code: string; message: string }[];
}

/** Converges every place while time is left. One place that cannot be read does not hold back the others. */
export async function convergeAll(
  ports: ConvergePorts,
  places: readonly Place[],
  timeLeft: TimeLeft,
): Promise<ConvergenceReport> {
  const report: ConvergenceReport = { calls: 0, places: {}, unread: [] };
  for (const place of places) {
    if (timeLeft() <= 0) break;
    const ended = await converge(ports, place, timeLeft).catch((error: unknown) =>
      unreadPlace(error, place, report),
    );
    report.places[ended.is] = (report.places[ended.is] ?? 0) + 1;
    if (ended.is === 'converged') report.calls += ended.calls;
  }
  return report;
}

function unreadPlace(error: unknown, place: Place, report: ConvergenceReport): { is: 'unread' } {
  if (!(error instanceof ProviderError)) throw error;
  report.unread.push({ place: placeKey(place), code: error.code, message: error.message });
  return { is: 'unread' };
}
