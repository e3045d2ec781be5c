import * as z from 'zod/mini';
import type { Schema } from './route';
import { ANSWERS, PARTS } from './schemas/answers';
import { limit, PAGE_DEFAULT, PAGE_MAX } from './schemas/page';
import { problemAnswer } from './schemas/problem-answer';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Every answer by its name, with each part that has a name of its own referred to. */
export function answerSchemas(): Record<string, JsonSchema> {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...ANSWERS, ...PARTS, Problem: problemAnswer }))
    named.add(schema, { id });
  const { schemas } = z.toJSONSchema(named, { ...OPTIONS, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

/** What a caller may send to be read by this schema: before anything is trimmed, defaulted or turned into numbers. */
export function jsonSchemaOf(schema: Schema): JsonSchema {
  return withoutIds(z.toJSONSchema(schema, OPTIONS));
}

const OPTIONS = { io: 'input', override: readably } as const;

function readably({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  // A query is text on the wire, and a whole number to whoever writes it.
  if (zodSchema === limit) {
    delete jsonSchema.pattern;
    Object.assign(jsonSchema, {
      type: 'integer',
      minimum: 1,
      maximum: PAGE_MAX,
      default: Number(PAGE_DEFAULT),
    });
  }
  // `date-time` says all of zod's pattern but that the zone is UTC.
  if (jsonSchema.format === 'date-time') jsonSchema.pattern = 'Z$';
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function withoutIds({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
