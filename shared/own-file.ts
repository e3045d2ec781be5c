import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads a file that was built beside the bundle. Throws when it is not there: then the build was not whole. */
export async function readOwnFile(name: string): Promise<string> {
  return await readFile(join(__dirname, name), 'utf8');
}
