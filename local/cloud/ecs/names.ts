import { type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { pairsOf, textOf } from '../read-parameters';

export const TAGS = {
  Tag: { type: 'list', maxItems: 20, fields: { Key: { type: 'string' }, Value: { type: 'string' } } },
} as const satisfies Record<string, ParameterSpec>;

/** The tags that something new gets. @throws ProviderRefusal 400 Duplicate.TagKey */
export function tagsAsked(call: Call): Record<string, string> {
  const pairs = pairsOf(call, 'Tag');
  const tags = Object.fromEntries(pairs.map(({ key, value }) => [key, value ?? '']));
  if (Object.keys(tags).length === pairs.length) return tags;
  throw new ProviderRefusal(400, 'Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
}

/**
 * A name of 2 to 128 characters that starts with a letter, and with neither `http://` nor `https://`.
 *
 * @throws ProviderRefusal `malformed`
 */
export function nameAsked(call: Call, parameter: string, malformed: ProviderRefusal): string | undefined {
  const name = textOf(call, parameter);
  if (name === undefined) return undefined;
  if (/^\p{L}[\p{L}\p{N}:_.-]{1,127}$/u.test(name) && !/^https?:\/\//.test(name)) return name;
  throw malformed;
}

/** From 1 to 65536 days; null when nothing is asked: kept for ever. @throws ProviderRefusal `malformed` */
export function retentionAsked(days: number | undefined, malformed: ProviderRefusal): number | null {
  if (days === undefined) return null;
  if (days >= 1 && days <= 65_536) return days;
  throw malformed;
}
