import { placeKey, type Place } from '../domain/sharing/resource';

/** Every finding there is or was, in the order in which they were first seen. */
export const ALL_FINDINGS = 'findings';
/** The newest report of each place. */
export const ALL_SWEEPS = 'sweeps';

/** The findings about resources of one place. */
export function findingsOf(place: Place): string {
  return `findings/${placeKey(place)}`;
}

/** Report of the sweep for expired shared snapshots. */
export function snapshotSweepId(place: Place): string {
  return `shared-snapshots/${placeKey(place)}`;
}

const TIME_DIGITS = 15;

/** A time as text that sorts like the time. */
export function byTime(timeMs: number): string {
  return String(timeMs).padStart(TIME_DIGITS, '0');
}
