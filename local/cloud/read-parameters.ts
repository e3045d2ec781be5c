import type { Call, ParameterValue } from './product';

/** The text of a parameter, or undefined when it was left out or sent empty (which the provider reads alike). */
export function textOf(call: Call, name: string): string | undefined {
  const value = call.parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(call: Call, name: string): number | undefined {
  const value = call.parameters[name];
  return typeof value === 'number' ? value : undefined;
}

export function flagOf(call: Call, name: string): boolean | undefined {
  const value = call.parameters[name];
  return typeof value === 'boolean' ? value : undefined;
}

/** The texts of a repeated parameter (`AddAccount.1`, `AddAccount.2`); empty when it was left out. */
export function textsOf(call: Call, name: string): string[] {
  return itemsOf(call, name).filter((item) => typeof item === 'string');
}

/** The `{Key, Value}` pairs of a repeated parameter such as Tag or Filter. A pair without Value matches any. */
export function pairsOf(call: Call, name: string): { key: string; value: string | undefined }[] {
  return itemsOf(call, name).flatMap((item) => {
    if (typeof item !== 'object' || Array.isArray(item)) return [];
    const { Key: key, Value: value } = item;
    if (typeof key !== 'string') return [];
    return [{ key, value: typeof value === 'string' ? value : undefined }];
  });
}

/** The text of one field of a parameter that is a group of fields (`SystemDisk.Category`). */
export function fieldOf(call: Call, name: string, field: string): string | undefined {
  const value = call.parameters[name];
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const text = value[field];
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function itemsOf(call: Call, name: string): ParameterValue[] {
  const value = call.parameters[name];
  return Array.isArray(value) ? value : [];
}
