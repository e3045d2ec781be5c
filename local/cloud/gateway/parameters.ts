import {
  type ParameterProblem,
  type ParameterSpec,
  type ParameterValue,
  type Parameters,
  ProviderRefusal,
} from '../product';

type Refuse = (problem: ParameterProblem) => ProviderRefusal;

/**
 * Un-flattens the parameters that an action documents (`Targets.1`, `Resources.1.ResourceId`), checks each against
 * its type and limits, and drops the others, as the provider's gateway does.
 *
 * @throws ProviderRefusal worded by `refuse`.
 */
export function readParameters(
  specs: Record<string, ParameterSpec>,
  flat: ReadonlyMap<string, string>,
  refuse: Refuse = refuseParameter,
): Parameters {
  const parameters: Parameters = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = readParameter(name, spec, flat, refuse);
    if (value === undefined && spec.required) throw refuse({ name, problem: 'missing' });
    if (value !== undefined) parameters[name] = value;
  }
  return parameters;
}

/** How Resource Sharing, RAM and Resource Directory word it. */
export function refuseParameter({ name, problem, limit }: ParameterProblem): ProviderRefusal {
  switch (problem) {
    case 'missing':
      return new ProviderRefusal(400, `MissingParameter.${name}`, `You must specify ${name}.`);
    case 'invalid':
      return new ProviderRefusal(400, `InvalidParameter.${name}`, `The ${name} is invalid.`);
    case 'too-long':
      return new ProviderRefusal(
        400,
        `InvalidParameter.${name}.Length`,
        `The maximum length of ${name} exceeds ${limit} characters.`,
      );
    case 'too-many':
      return new ProviderRefusal(
        400,
        `InvalidParameter.${name}.Length`,
        `The maximum number of ${name} exceeds ${limit}.`,
      );
    case 'duplicate':
      return new ProviderRefusal(
        400,
        `InvalidParameter.${name}.Duplicate`,
        `The ${name} contains duplicate values.`,
      );
  }
}

type Scalar = Exclude<ParameterSpec, { type: 'list' | 'object' }>;
type List = Extract<ParameterSpec, { type: 'list' }>;

function readParameter(
  path: string,
  spec: ParameterSpec,
  flat: ReadonlyMap<string, string>,
  refuse: Refuse,
): ParameterValue | undefined {
  switch (spec.type) {
    case 'list':
      return readList(path, spec, flat, refuse);
    case 'object': {
      const fields = readFields(path, spec.fields, flat, refuse);
      return Object.keys(fields).length === 0 ? undefined : fields;
    }
    default:
      return readScalar(path, spec, flat.get(path), refuse);
  }
}

function readScalar(
  name: string,
  spec: Scalar,
  text: string | undefined,
  refuse: Refuse,
): ParameterValue | undefined {
  if (text === undefined || text === '') return undefined;
  switch (spec.type) {
    case 'string':
      return readString(name, spec, text, refuse);
    case 'integer': {
      const number = Number(text);
      const isWithin = number >= (spec.minimum ?? -Infinity) && number <= (spec.maximum ?? Infinity);
      if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number) || !isWithin) {
        throw refuse({ name, problem: 'invalid' });
      }
      return number;
    }
    case 'boolean': {
      const word = text.toLowerCase();
      if (word !== 'true' && word !== 'false') throw refuse({ name, problem: 'invalid' });
      return word === 'true';
    }
    case 'json-list':
      return readJsonList(name, text, refuse);
  }
}

function readString(
  name: string,
  spec: Extract<ParameterSpec, { type: 'string' }>,
  text: string,
  refuse: Refuse,
): string {
  if (spec.maxLength !== undefined && text.length > spec.maxLength) {
    throw refuse({ name, problem: 'too-long', limit: spec.maxLength });
  }
  if (text.length < (spec.minLength ?? 0) || (spec.enum !== undefined && !spec.enum.includes(text))) {
    throw refuse({ name, problem: 'invalid' });
  }
  return text;
}

function readJsonList(name: string, text: string, refuse: Refuse): string[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw refuse({ name, problem: 'invalid' });
  }
  if (!Array.isArray(list)) throw refuse({ name, problem: 'invalid' });
  return list.map((item: unknown) => {
    if (typeof item !== 'string') throw refuse({ name, problem: 'invalid' });
    return item;
  });
}

/** Items of a list may be numbered with holes; an item is there when any of its fields is. */
function readList(
  name: string,
  spec: List,
  flat: ReadonlyMap<string, string>,
  refuse: Refuse,
): ParameterValue[] | undefined {
  const indexes = indexesOf(name, flat);
  if (indexes.length === 0) return undefined;
  if (spec.maxItems !== undefined && indexes.length > spec.maxItems) {
    throw refuse({ name, problem: 'too-many', limit: spec.maxItems });
  }
  const items = indexes.map((index) => readItem(`${name}.${index}`, name, spec, flat, refuse));
  if (spec.unique && new Set(items.map((item) => JSON.stringify(item))).size < items.length) {
    throw refuse({ name, problem: 'duplicate' });
  }
  return items;
}

function readItem(
  path: string,
  name: string,
  { fields }: List,
  flat: ReadonlyMap<string, string>,
  refuse: Refuse,
): ParameterValue {
  const invalid = (): ProviderRefusal => refuse({ name, problem: 'invalid' });
  if (fields === undefined) {
    const text = flat.get(path);
    if (text === undefined || text === '') throw invalid();
    return text;
  }
  return readFields(path, fields, flat, invalid);
}

function readFields(
  path: string,
  specs: Record<string, ParameterSpec>,
  flat: ReadonlyMap<string, string>,
  refuse: Refuse,
): Record<string, ParameterValue> {
  const fields: Record<string, ParameterValue> = {};
  for (const [field, spec] of Object.entries(specs)) {
    const name = `${path}.${field}`;
    const value = readParameter(name, spec, flat, refuse);
    if (value === undefined && spec.required) throw refuse({ name, problem: 'invalid' });
    if (value !== undefined) fields[field] = value;
  }
  return fields;
}

function indexesOf(name: string, flat: ReadonlyMap<string, string>): number[] {
  const indexes = new Set<number>();
  for (const key of flat.keys()) {
    if (!key.startsWith(`${name}.`)) continue;
    const index = /^\d{1,4}/.exec(key.slice(name.length + 1))?.[0];
    if (index !== undefined && Number(index) > 0) indexes.add(Number(index));
  }
  return [...indexes].toSorted((a, b) => a - b);
}
