import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Estate } from '../estates/estate';

/** What the laptop remembers from one start to the next, besides the tables. */
export interface SavedState {
  /** The form of all this. What another version wrote is not guessed at. */
  form: typeof FORM;
  estate: Estate;
  /** How far the laptop's clock is ahead of the machine's. */
  offsetMs: number;
  /** Secrets of the webhook receiver: an endpoint's secret is shown once, and the receiver must know it later too. */
  webhookSecrets: string[];
}

const FILE = 'laptop.json';
export const FORM = 2;

export function readSaved(directory: string): SavedState | null {
  let saved: SavedState;
  try {
    saved = JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as SavedState;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Error(`The saved state in ${directory} cannot be read. Start with --fresh to begin anew.`, {
      cause: error,
    });
  }
  if (saved.form !== FORM) {
    throw new Error(
      `The state in ${directory} was saved by another version. Start with --fresh to begin anew.`,
    );
  }
  return saved;
}

/** Written beside and renamed over, so that a kill leaves the old state or the new one. */
export function writeSaved(directory: string, state: SavedState): void {
  mkdirSync(directory, { recursive: true });
  const beside = join(directory, `${FILE}.new`);
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, join(directory, FILE));
}

export function forget(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
