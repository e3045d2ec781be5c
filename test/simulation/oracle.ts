import type { ShareRequest } from '../../shared/domain/sharing/request';

/** `<resource id> <principal id>`. */
export type Pair = string;

export function pairOf(resourceId: string, principalId: string): Pair {
  return `${resourceId} ${principalId}`;
}

export function partsOf(pair: Pair): { resourceId: string; principalId: string } {
  const [resourceId = '', principalId = ''] = pair.split(' ');
  return { resourceId, principalId };
}

/** Single accounts reach an image by the image's own list; everybody else, and everything else, by a share. */
export function isByList(pair: Pair): boolean {
  return /^m-\S+ \d{16}$/.test(pair);
}

/** When a request lets its principals in, told by what was asked and decided alone; null when it never does. */
export function openTimeOf(request: ShareRequest): { fromMs: number; untilMs: number } | null {
  const { state, startMs, endMs } = request;
  if (state.is !== 'approved' && state.is !== 'revoked') return null;
  const fromMs = startMs === null ? state.decision.atMs : startMs;
  const untilMs = Math.min(
    endMs === null ? Infinity : endMs,
    state.is === 'revoked' ? state.revokedMs : Infinity,
  );
  return untilMs > fromMs ? { fromMs, untilMs } : null;
}

/** Every pair that somebody approved for `atMs`, each with when it was approved or opened last. */
export function wantedAt(requests: readonly ShareRequest[], atMs: number): Map<Pair, number> {
  const wanted = new Map<Pair, number>();
  for (const request of requests) {
    const open = openTimeOf(request);
    if (open === null || atMs < open.fromMs || atMs >= open.untilMs) continue;
    for (const pair of pairsIn(request)) wanted.set(pair, Math.max(wanted.get(pair) ?? 0, open.fromMs));
  }
  return wanted;
}

/** Every pair that was or will be approved for some time. */
export function everWanted(requests: readonly ShareRequest[], untilMs: number): Set<Pair> {
  const begun = requests.filter((request) => {
    const open = openTimeOf(request);
    return open !== null && open.fromMs <= untilMs;
  });
  return new Set(begun.flatMap(pairsIn));
}

export function pairsIn({ resources, principals }: ShareRequest): Pair[] {
  return resources.flatMap(({ resourceId }) => principals.map(({ id }) => pairOf(resourceId, id)));
}
