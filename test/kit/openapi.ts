import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Alibaba's own description of its APIs, kept beside the repository: ../shared/reference/openapi. */
const FOLDER = join(__dirname, '../../../shared/reference/openapi');

/** Whether the descriptions are on this machine. They are no part of the repository. */
export const hasDescriptions = existsSync(join(FOLDER, 'index.json'));

export interface Schema {
  type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'map' | 'any';
  properties?: Record<string, Schema>;
  items?: Schema;
  format?: string;
}

export interface DescribedParameter extends Schema {
  name: string;
  required: boolean;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  enum?: (string | number)[];
}

export interface Description {
  product: string;
  version: string;
  action: string;
  parameters: DescribedParameter[];
  responses: { '200': Schema };
}

/** The description of one action; undefined when there is none for it. */
export function descriptionOf(product: string, action: string): Description | undefined {
  const path = join(FOLDER, product, `${action}.json`);
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as Description;
}

/** What every RPC call may carry beside its own parameters, and the legacy ones that the descriptions leave out. */
const COMMON_PARAMETERS = new Set([
  'Action',
  'Version',
  'Format',
  'Timestamp',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Signature',
  'AccessKeyId',
  'SecurityToken',
]);

/**
 * What is wrong with the parameters of a call as they were on the wire (`Targets.1`, `Tag.1.Key`), in words; empty when
 * they are as described.
 */
export function requestProblems(description: Description, flat: Record<string, string>): string[] {
  const sent = Object.keys(flat).filter((name) => !COMMON_PARAMETERS.has(name));
  const missing = description.parameters
    .filter(
      ({ name, required }) => required && !sent.some((one) => one === name || one.startsWith(`${name}.`)),
    )
    .map(({ name }) => `${name} is required`);
  const wrong = sent.flatMap((path) => {
    const [name = '', ...rest] = path.split('.');
    const parameter = description.parameters.find((one) => one.name === name);
    if (parameter === undefined) return [`${path} is not described`];
    return [
      ...valueProblems(path, rest, parameter, flat[path] ?? ''),
      ...limitProblems(path, rest, parameter, flat[path] ?? ''),
    ];
  });
  return [...missing, ...wrong];
}

function valueProblems(path: string, rest: readonly string[], schema: Schema, value: string): string[] {
  const [step, ...further] = rest;
  switch (schema.type) {
    case 'array':
      if (step === undefined || !/^[1-9]\d*$/.test(step)) return [`${path} must be numbered from 1`];
      return schema.items === undefined ? [] : valueProblems(path, further, schema.items, value);
    case 'object': {
      const property = step === undefined ? undefined : schema.properties?.[step];
      return property === undefined
        ? [`${path} is not described`]
        : valueProblems(path, further, property, value);
    }
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'map':
    case 'any':
      return step === undefined ? scalarProblems(path, schema, value) : [`${path} is not described`];
  }
}

function scalarProblems(path: string, schema: Schema, value: string): string[] {
  if (schema.type === 'integer' && !/^-?\d+$/.test(value))
    return [`${path} must be an integer, not ${value}`];
  if (schema.type === 'number' && !Number.isFinite(Number(value)))
    return [`${path} must be a number, not ${value}`];
  if (schema.type === 'boolean' && !/^(?:true|false)$/.test(value))
    return [`${path} must be true or false, not ${value}`];
  return [];
}

function limitProblems(
  path: string,
  rest: readonly string[],
  parameter: DescribedParameter,
  value: string,
): string[] {
  const { minimum = -Infinity, maximum = Infinity, maxItems = Infinity } = parameter;
  const problems: string[] = [];
  if (parameter.type === 'integer' && (Number(value) < minimum || Number(value) > maximum)) {
    problems.push(`${path} must be from ${minimum} to ${maximum}, not ${value}`);
  }
  if (parameter.type === 'array' && Number(rest[0]) > maxItems)
    problems.push(`${path} is above ${maxItems} items`);
  if (parameter.enum !== undefined && rest.length === 0 && !parameter.enum.map(String).includes(value)) {
    problems.push(`${path} must be one of ${parameter.enum.join(', ')}, not ${value}`);
  }
  return problems;
}

const INT32_MAX = 2_147_483_647;

/** What is wrong with an answer, in words: a type that is another, or a field that the description does not have. */
export function answerProblems(schema: Schema, value: unknown, path = 'body'): string[] {
  switch (schema.type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return [`${path} must be an object`];
      return Object.entries(value).flatMap(([name, inner]) => {
        const property = schema.properties?.[name];
        if (property === undefined) return [`${path}.${name} is not described`];
        return answerProblems(property, inner, `${path}.${name}`);
      });
    }
    case 'array': {
      const { items } = schema;
      if (!Array.isArray(value)) return [`${path} must be a list`];
      return items === undefined
        ? []
        : value.flatMap((item, index) => answerProblems(items, item, `${path}[${index}]`));
    }
    case 'integer':
      if (!Number.isSafeInteger(value)) return [`${path} must be an integer, not ${JSON.stringify(value)}`];
      return schema.format === 'int32' && Math.abs(Number(value)) > INT32_MAX
        ? [`${path} is above 32 bits`]
        : [];
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === schema.type
        ? []
        : [`${path} must be a ${schema.type}, not ${JSON.stringify(value)}`];
    case 'map':
    case 'any':
      return [];
  }
}
