import type { z } from 'zod/mini';
import type { FieldProblem } from '../../flow/refusal';
import { refused, type EdgeAnswer } from '../edge-refusal';

type Issue = z.core.$ZodIssue;

/** Parses a body, or says everything that is wrong with it. */
export function parsed<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): EdgeAnswer<z.output<Schema>> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  return refused({ reason: 'invalid', problems: result.error.issues.flatMap(problemsOf) });
}

/** Parses the parameters after `?`, each of which may be there once. */
export function parsedQuery<Schema extends z.ZodMiniType>(
  schema: Schema,
  request: Request,
): EdgeAnswer<z.output<Schema>> {
  const answer = parsed(schema, Object.fromEntries(new URL(request.url).searchParams));
  if (answer.ok || answer.refusal.reason !== 'invalid') return answer;
  const problems = answer.refusal.problems.map((problem) => ({
    ...problem,
    pointer: problem.pointer.replace(/^\//, '?'),
  }));
  return refused({ reason: 'invalid', problems });
}

function problemsOf(issue: Issue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      code: 'unknown-field',
      message: `"${key.slice(0, 100)}" is not a field of this`,
    }));
  }
  return [{ pointer: pointerTo(issue.path), ...wordsFor(issue) }];
}

function wordsFor(issue: Exclude<Issue, { code: 'unrecognized_keys' }>): { code: string; message: string } {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { code: 'required', message: 'Must be there' }
        : { code: 'wrong-type', message: `Must be ${A_TYPE[issue.expected] ?? issue.expected}` };
    case 'too_small':
      return {
        code: `too-${SMALL[issue.origin] ?? 'small'}`,
        message: `At least ${count(issue.minimum, issue.origin)}`,
      };
    case 'too_big':
      return {
        code: `too-${BIG[issue.origin] ?? 'big'}`,
        message: `At most ${count(issue.maximum, issue.origin)}`,
      };
    case 'invalid_value':
      return issue.input === undefined
        ? { code: 'required', message: 'Must be there' }
        : { code: 'not-one-of', message: `Must be one of: ${issue.values.map(String).join(', ')}` };
    case 'invalid_format':
    case 'custom':
      return { code: 'wrong-format', message: issue.message };
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return { code: 'invalid', message: issue.message };
  }
}

const A_TYPE: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const SMALL: Record<string, string> = { string: 'short', array: 'few' };
const BIG: Record<string, string> = { string: 'long', array: 'many' };

function count(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return String(limit);
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
