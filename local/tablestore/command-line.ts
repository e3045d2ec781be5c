import { parseArgs } from 'node:util';

/** What `npm run tablestore` was asked to serve. */
export interface CommandLine {
  readonly port: number;
  readonly directory: string;
  readonly instance: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export type ParsedCommandLine =
  | { readonly kind: 'serve'; readonly commandLine: CommandLine }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] };

export const usage = `Serves Tablestore's protocol on 127.0.0.1 from a directory.

  --port PORT               where to listen; 0 takes a free port
  --data DIR                where the data is kept; created when missing
  --instance NAME           the instance name that clients must use (3 to 16 letters, digits and hyphens)
  --access-key-id AK        the only key that is let in
  --access-key-secret SK    its secret
`;

const INSTANCE_NAME = /^[A-Za-z][A-Za-z0-9-]{1,14}[A-Za-z0-9]$/;
const names = ['port', 'data', 'instance', 'access-key-id', 'access-key-secret'] as const;

/** Reads the arguments and finds every mistake in them, so that a person fixes them in one go. */
export function parseCommandLine(args: readonly string[]): ParsedCommandLine {
  const string = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    options: { ...Object.fromEntries(names.map((name) => [name, string])), help: { type: 'boolean' } },
  });
  if (values['help'] === true) return { kind: 'help' };
  const mistakes = positionals.map((extra) => `'${extra}' belongs to no option.`);
  const known = new Set<string>([...names, 'help']);
  for (const name of Object.keys(values))
    if (!known.has(name)) mistakes.push(`There is no option --${name}.`);
  const value = (name: (typeof names)[number]): string => {
    const given = values[name];
    if (typeof given === 'string' && given !== '') return given;
    mistakes.push(`--${name} is missing${given === undefined ? '' : ' its value'}.`);
    return '';
  };
  const port = value('port');
  const directory = value('data');
  const instance = value('instance');
  const accessKeyId = value('access-key-id');
  const accessKeySecret = value('access-key-secret');
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    mistakes.push(`--port must be a whole number from 0 to 65535, got '${port}'.`);
  }
  if (instance !== '' && !INSTANCE_NAME.test(instance)) {
    mistakes.push(
      `--instance must be 3 to 16 letters, digits and hyphens, start with a letter and not end with a hyphen, got '${instance}'.`,
    );
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  return {
    kind: 'serve',
    commandLine: { port: Number(port), directory, instance, accessKeyId, accessKeySecret },
  };
}
