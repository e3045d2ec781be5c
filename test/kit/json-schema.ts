/** The part of JSON Schema 2020-12 that our documents use. Anything else in a schema throws: nothing goes unchecked. */
export type Schema = { [keyword: string]: unknown };

/** What is wrong with a value, each with the place in it; empty = nothing. `root` is what `$ref`s point into. */
export function wrongWith(root: object, schema: Schema, value: unknown, at = ''): string[] {
  return Object.entries(schema).flatMap(([keyword, says]) => {
    const check = CHECKS[keyword];
    if (check === undefined) throw new TypeError(`${keyword} of a schema is not known here (at ${at})`);
    return check({ root, schema, value, at }, says);
  });
}

/** What a `$ref` within a document names. Throws when there is nothing. */
export function referred(root: object, ref: string): Schema {
  if (!ref.startsWith('#/')) throw new TypeError(`${ref} does not point into the document`);
  let found: unknown = root;
  for (const written of ref.slice(2).split('/')) {
    const key = written.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  if (!isObject(found)) throw new TypeError(`There is nothing at ${ref}`);
  return found;
}

interface Place {
  root: object;
  schema: Schema;
  value: unknown;
  at: string;
}
type Check = (place: Place, says: unknown) => string[];

const nothing: Check = () => [];

const CHECKS: Record<string, Check> = {
  description: nothing,
  default: nothing,
  $ref: ({ root, value, at }, ref) => wrongWith(root, referred(root, String(ref)), value, at),
  type: ({ value, at }, says) => {
    const types = Array.isArray(says) ? says.map(String) : [String(says)];
    return types.some((type) => isOfType(value, type)) ? [] : [`${at} is not ${types.join(' or ')}`];
  },
  enum: ({ value, at }, says) =>
    (says as unknown[]).includes(value)
      ? []
      : [`${at} is ${JSON.stringify(value)}, none of ${JSON.stringify(says)}`],
  const: ({ value, at }, says) => (value === says ? [] : [`${at} is not ${JSON.stringify(says)}`]),
  allOf: (place, says) => schemasIn(says).flatMap((one) => wrongWith(place.root, one, place.value, place.at)),
  anyOf: (place, says) => chosen(place, says, (fits) => fits >= 1),
  oneOf: (place, says) => chosen(place, says, (fits) => fits === 1),
  properties: ({ root, value, at }, says) =>
    isObject(value)
      ? Object.entries(says as Record<string, Schema>).flatMap(([name, inside]) =>
          Object.hasOwn(value, name) ? wrongWith(root, inside, value[name], `${at}/${name}`) : [],
        )
      : [],
  required: ({ value, at }, says) =>
    isObject(value)
      ? (says as string[]).flatMap((name) => (Object.hasOwn(value, name) ? [] : [`${at}/${name} is missing`]))
      : [],
  additionalProperties: ({ root, schema, value, at }, says) => {
    if (!isObject(value)) return [];
    const others = Object.keys(value).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
    if (says === false) return others.map((name) => `${at}/${name} is too much`);
    return others.flatMap((name) => wrongWith(root, says as Schema, value[name], `${at}/${name}`));
  },
  propertyNames: ({ root, value, at }, says) =>
    isObject(value)
      ? Object.keys(value).flatMap((name) => wrongWith(root, says as Schema, name, `${at}/${name} as a name`))
      : [],
  items: ({ root, value, at }, says) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => wrongWith(root, says as Schema, one, `${at}/${index}`))
      : [],
  minItems: ({ value, at }, says) =>
    Array.isArray(value) && value.length < Number(says) ? [`${at} has too few`] : [],
  maxItems: ({ value, at }, says) =>
    Array.isArray(value) && value.length > Number(says) ? [`${at} has too many`] : [],
  minLength: ({ value, at }, says) =>
    typeof value === 'string' && value.length < Number(says) ? [`${at} is too short`] : [],
  maxLength: ({ value, at }, says) =>
    typeof value === 'string' && value.length > Number(says) ? [`${at} is too long`] : [],
  minimum: ({ value, at }, says) =>
    typeof value === 'number' && value < Number(says) ? [`${at} is too small`] : [],
  maximum: ({ value, at }, says) =>
    typeof value === 'number' && value > Number(says) ? [`${at} is too big`] : [],
  pattern: ({ value, at }, says) =>
    typeof value === 'string' && !new RegExp(String(says), 'u').test(value)
      ? [`${at} does not match ${String(says)}`]
      : [],
  format: ({ value, at }, says) => {
    if (says !== 'date-time') throw new TypeError(`The format ${String(says)} is not known here`);
    return typeof value === 'string' && Number.isNaN(Date.parse(value)) ? [`${at} is not a time`] : [];
  },
};

function chosen({ root, value, at }: Place, says: unknown, enough: (fits: number) => boolean): string[] {
  const each = schemasIn(says).map((one) => wrongWith(root, one, value, at));
  const fits = each.filter((wrong) => wrong.length === 0).length;
  if (enough(fits)) return [];
  return [`${at} fits ${fits} of ${each.length}: ${each.map((wrong) => wrong.join(', ')).join('; or ')}`];
}

function schemasIn(says: unknown): Schema[] {
  return says as Schema[];
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      throw new TypeError(`The type ${type} is not known here`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
