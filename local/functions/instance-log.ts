import { format } from 'node:util';

let requestId = '';

/** From now on, lines belong to this request. */
export function logFor(newRequestId: string): void {
  requestId = newRequestId;
}

const levels = {
  log: 'verbose',
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  error: 'error',
} as const;

type Logger = Record<keyof typeof levels, (...parts: unknown[]) => void>;

/**
 * Writes `<ISO time> <request id> [<level>] <words>`, as Function Compute's Node runtime does. A line break inside an entry
 * becomes a carriage return, so that one entry stays one line in the log service.
 */
export const logger = Object.fromEntries(
  Object.entries(levels).map(([name, level]) => [
    name,
    (...parts: unknown[]) => {
      const words = format(...parts).replaceAll(/\r?\n/g, '\r');
      process.stdout.write(`${new Date().toISOString()} ${requestId} [${level}] ${words}\n`);
    },
  ]),
) as Logger;
