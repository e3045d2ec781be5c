export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** JSON with sorted keys and no spaces, so that equal data has one spelling and one hash. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, at: unknown) =>
    at !== null && typeof at === 'object' && !Array.isArray(at)
      ? Object.fromEntries(Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1)))
      : at,
  );
}
