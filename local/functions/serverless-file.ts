import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type FunctionProps, functionProps } from './function-settings';
import { type Mistake, ServerlessFileMistakes } from './mistakes';
import { isMap, mergeOver, substitute, type Yaml } from './substitution';

/** One function of s.yaml, checked, with the folder of its code as an absolute path. */
export type FunctionSettings = FunctionProps & { codeFolder: string };

const document = z.strictObject({
  edition: z.literal('3.0.0', 'Only edition 3.0.0 is understood'),
  name: z.string().min(1),
  access: z.string().optional(),
  vars: z.unknown().optional(),
  template: z.unknown().optional(),
  resources: z.record(z.string(), z.unknown()),
});

const resource = z.strictObject({
  component: z.string().regex(/^fc3(@[\d.]+)?$/, 'Only the component fc3 is played here'),
  extend: z.strictObject({ name: z.string() }).optional(),
  props: z.unknown(),
});

/**
 * Reads the functions of a Serverless Devs s.yaml (edition 3.0.0, component fc3). `environment` is what `env()` reads;
 * the process's own environment is never looked at.
 *
 * @throws ServerlessFileMistakes with every mistake and its place; what the local host cannot play is a mistake too.
 */
export function readServerlessFile(
  file: string,
  environment: Record<string, string>,
  accountId: string,
): FunctionSettings[] {
  const mistakes: Mistake[] = [];
  const raw = parseYaml(file);
  const top = isMap(raw) ? raw : {};
  const substitutes = { environment, accountId, vars: top['vars'] ?? {} };
  // Templates are read after they were merged into a resource, so that an unused one needs no environment.
  const checked = check(document, substituteTop(top, substitutes, mistakes), '', mistakes);
  const templates = isMap(top['template']) ? top['template'] : {};
  const resources = isMap(top['resources']) ? top['resources'] : {};

  const functions: FunctionSettings[] = [];
  for (const key of Object.keys(checked?.resources ?? {})) {
    const place = `resources.${key}`;
    const outer = check(resource, resources[key], place, mistakes);
    if (outer === undefined) continue;
    const templateName = outer.extend?.name;
    const template = templateName === undefined ? {} : templates[templateName];
    if (template === undefined) {
      mistakes.push({ place: `${place}.extend.name`, message: `There is no template ${templateName}` });
    }
    const merged = mergeOver(template, outer.props as Yaml);
    const props = check(
      functionProps,
      substitute(merged, substitutes, `${place}.props`, mistakes),
      `${place}.props`,
      mistakes,
    );
    if (props !== undefined) functions.push({ ...props, codeFolder: resolve(dirname(file), props.code) });
  }
  for (const name of repeated(functions.map((each) => each.functionName))) {
    mistakes.push({ place: 'resources', message: `Two functions are called ${name}` });
  }
  if (mistakes.length > 0) throw new ServerlessFileMistakes(file, mistakes);
  return functions;
}

function parseYaml(file: string): Yaml {
  const lines = new LineCounter();
  const parsed = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  if (parsed.errors.length > 0) {
    const mistakes = parsed.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { place: `line ${line}, column ${col}`, message: error.message };
    });
    throw new ServerlessFileMistakes(file, mistakes);
  }
  return parsed.toJS() as Yaml;
}

function substituteTop(
  top: { [key: string]: Yaml },
  from: Parameters<typeof substitute>[1],
  mistakes: Mistake[],
): Yaml {
  const { vars = {}, template = {}, resources = {}, ...rest } = top;
  const read = Object.entries(rest).map(([key, value]) => [key, substitute(value, from, key, mistakes)]);
  return { ...(Object.fromEntries(read) as { [key: string]: Yaml }), vars, template, resources };
}

function check<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  place: string,
  mistakes: Mistake[],
): z.infer<Shape> | undefined {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const told = new Set(mistakes.map((mistake) => mistake.place));
  for (const issue of result.error.issues) {
    const path = [place, ...issue.path.map(String)].filter((part) => part !== '');
    const message = wordsOf(issue);
    const where = path.join('.') || 'the file';
    // A value that could not be substituted is told once, not again for its type.
    if (!told.has(where)) mistakes.push({ place: where, message });
  }
  return undefined;
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `The local host does not know ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_key') return issue.issues.map(wordsOf).join('; ');
  return issue.message;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
