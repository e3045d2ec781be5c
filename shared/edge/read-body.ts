import type { z } from 'zod/mini';
import type { FieldProblem } from '../flow/refusal';
import { refused, type EdgeAnswer } from './edge-refusal';
import { parsed } from './schemas/field-problems';

const DEPTH_MAX = 10;
/** Own keys that turn into something else once an object is copied carelessly. */
const KEYS_REFUSED = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads a JSON body and parses it, with every problem at once. Its size was bounded at the door. */
export async function readBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): Promise<EdgeAnswer<z.output<Schema>>> {
  const mediaType = request.headers.get('content-type') ?? '';
  if (!/^application\/(\S+\+)?json\s*(;|$)/i.test(mediaType))
    return refused({ reason: 'media-type', got: mediaType });
  const bytes = await request.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused({ reason: 'body-not-json', why: 'it is not UTF-8' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused({ reason: 'body-not-json', why: text.trim() === '' ? 'it is empty' : 'it is not JSON' });
  }
  const shape = shapeProblem(value);
  if (shape !== null) return refused({ reason: 'invalid', problems: [shape] });
  return parsed(schema, value);
}

/** The first thing that no schema should have to look at. Walks without recursion, whatever the nesting. */
function shapeProblem(value: unknown): FieldProblem | null {
  const open: { at: unknown; pointer: string; depth: number }[] = [{ at: value, pointer: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, pointer, depth } = next;
    if (at === null || typeof at !== 'object') continue;
    if (depth === DEPTH_MAX)
      return { pointer, code: 'too-deep', message: `Nested more than ${DEPTH_MAX} levels deep` };
    for (const [key, inside] of Object.entries(at)) {
      const inner = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (KEYS_REFUSED.has(key))
        return { pointer: inner, code: 'unknown-field', message: `"${key}" is not a field of this` };
      open.push({ at: inside, pointer: inner, depth: depth + 1 });
    }
  }
  return null;
}
