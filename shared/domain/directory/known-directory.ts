import type { Directory } from './directory';

/** The newest whole reading of the directory, under the aggregate id `own`. */
export interface KnownDirectory {
  /** null = the account is in no directory. */
  directory: Directory | null;
  readMs: number;
  /** Counts readings that differed from the one before. */
  edition: number;
}

export const OWN_DIRECTORY = 'own';
