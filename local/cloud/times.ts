export const DAY_MS = 86_400_000;

/** ECS and VPC tell times as `2026-11-21T08:00:00Z`. */
export function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** ECS instances tell times without seconds: `2026-11-21T08:00Z`. */
export function toMinutes(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** Resource Directory and Resource Sharing tell times as `2026-11-21T08:00:00.123Z`. */
export function toMilliseconds(ms: number): string {
  return new Date(ms).toISOString();
}
