import type { Mistake } from './mistakes';

export type Yaml = string | number | boolean | null | Yaml[] | { [key: string]: Yaml };

export interface Substitutes {
  environment: Record<string, string>;
  accountId: string;
  vars: Yaml;
}

const expression =
  /\$\{\s*(?:(env|config)\(\s*(["'])(.*?)\2(?:\s*,\s*(["'])(.*?)\4)?\s*\)|vars\.([\w.]+))\s*\}/g;
const wholeExpression = new RegExp(`^${expression.source}$`);
const deepestNesting = 20;

/**
 * Replaces `${env('K', 'default')}`, `${config('AccountID')}` and `${vars.a.b}` all through `value`, as Serverless Devs does:
 * an empty environment variable counts as unset, and an expression that is a whole string may stand for an object.
 * What is wrong is added to `mistakes` with its place, and the rest is still read.
 */
export function substitute(
  value: Yaml,
  from: Substitutes,
  place: string,
  mistakes: Mistake[],
  depth = 0,
): Yaml {
  if (depth > deepestNesting) {
    mistakes.push({ place, message: 'The variables refer to each other in a circle' });
    return null;
  }
  const inner = (child: Yaml, key: string | number) =>
    substitute(child, from, `${place}.${key}`, mistakes, depth);
  if (Array.isArray(value)) return value.map(inner);
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inner(child, key)]));
  }
  if (typeof value !== 'string' || !value.includes('${')) return value;

  const read = (match: string[]): Yaml => {
    const found = evaluate(match, from);
    if ('mistake' in found) {
      mistakes.push({ place, message: found.mistake });
      return null;
    }
    return 'text' in found ? found.text : substitute(found.value, from, place, mistakes, depth + 1);
  };
  const whole = wholeExpression.exec(value);
  if (whole !== null) return read(whole);

  const text = value.replace(expression, (...match: string[]) => {
    const part = read(match);
    if (typeof part !== 'object' || part === null) return String(part);
    mistakes.push({ place, message: `${match[0]} stands for more than text and cannot be part of a text` });
    return '';
  });
  const unread = /\$\{[^}]*\}?/.exec(value.replace(expression, ''));
  if (unread !== null) {
    mistakes.push({
      place,
      message: `${unread[0]} is not understood here; only env(), config('AccountID') and vars are`,
    });
  }
  return text;
}

export function isMap(value: Yaml | undefined): value is { [key: string]: Yaml } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `resource` laid over `template`: maps merge key by key, everything else is replaced (Serverless Devs `extend`). */
export function mergeOver(template: Yaml | undefined, resource: Yaml | undefined): Yaml {
  if (!isMap(template) || !isMap(resource)) return resource ?? template ?? null;
  const keys = new Set([...Object.keys(template), ...Object.keys(resource)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeOver(template[key], resource[key])]));
}

/** A `value` may hold expressions of its own; a `text` comes from outside the file and is taken as it is. */
function evaluate(
  match: string[],
  from: Substitutes,
): { value: Yaml } | { text: string } | { mistake: string } {
  const [text = '', call, , argument = '', , fallback, path] = match;
  if (path !== undefined) {
    let value: Yaml | undefined = from.vars;
    for (const key of path.split('.')) value = isMap(value) ? value[key] : undefined;
    return value === undefined ? { mistake: `vars.${path} is not set` } : { value };
  }
  if (call === 'config') {
    return argument === 'AccountID'
      ? { text: from.accountId }
      : { mistake: `${text} is not known; only config('AccountID') is` };
  }
  const value = from.environment[argument] || fallback;
  return value === undefined
    ? { mistake: `The environment variable ${argument} is not set and has no default` }
    : { text: value };
}
