import { type Call, ProviderRefusal } from '../product';
import { flagOf, pairsOf, textOf, textsOf } from '../read-parameters';

const MAX_TAGS = 20;
const MINUTE_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/;

/**
 * The ids in a parameter that is a JSON array inside one string; undefined when it was left out.
 *
 * @throws ProviderRefusal `tooMany` when there are more than `maxIds`.
 */
export function idsOf(
  call: Call,
  name: string,
  maxIds: number,
  tooMany: ProviderRefusal,
): string[] | undefined {
  if (call.parameters[name] === undefined) return undefined;
  const ids = textsOf(call, name);
  if (ids.length > maxIds) throw tooMany;
  return ids;
}

/**
 * Whether tags carry every Tag.N that is asked for.
 *
 * @throws ProviderRefusal 400 InvalidTagCount above 20 tags.
 */
export function hasAskedTags(tags: Record<string, string>, call: Call): boolean {
  const asked = pairsOf(call, 'Tag');
  if (asked.length > MAX_TAGS) {
    throw new ProviderRefusal(400, 'InvalidTagCount', 'The specified tags are beyond the permitted range.');
  }
  return asked.every(
    ({ key, value }) => tags[key] !== undefined && (value === undefined || tags[key] === value),
  );
}

/**
 * The bounds that Filter.N sets on the creation time.
 *
 * @throws ProviderRefusal 404 InvalidFilterKey.NotFound, 404 InvalidFilterValue
 */
export function creationBounds(call: Call): { fromMs: number; toMs: number } {
  const bounds = { fromMs: -Infinity, toMs: Infinity };
  for (const { key, value } of pairsOf(call, 'Filter')) {
    if (key === 'CreationStartTime') bounds.fromMs = filterTime(value);
    else if (key === 'CreationEndTime') bounds.toMs = filterTime(value);
    else throw new ProviderRefusal(404, 'InvalidFilterKey.NotFound', 'The specified FilterKey is not found.');
  }
  return bounds;
}

/**
 * The text of a parameter that knows only some values, in lower case.
 *
 * @throws ProviderRefusal `otherwise` for any other value.
 */
export function oneOf(
  call: Call,
  name: string,
  known: readonly string[],
  otherwise: ProviderRefusal,
): string | undefined {
  const asked = textOf(call, name)?.toLowerCase();
  if (asked !== undefined && !known.includes(asked)) throw otherwise;
  return asked;
}

/** @throws ProviderRefusal 400 DryRunOperation, ECS's way to say that a dry run went well. */
export function refuseDryRun(call: Call): void {
  if (flagOf(call, 'DryRun') !== true) return;
  throw new ProviderRefusal(
    400,
    'DryRunOperation',
    'Request validation has been passed with DryRun flag set.',
  );
}

function filterTime(value: string | undefined): number {
  const ms = value !== undefined && MINUTE_FORM.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new ProviderRefusal(404, 'InvalidFilterValue', 'The specified FilterValue exceeds the limit.');
  }
  return ms;
}
