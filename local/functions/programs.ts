import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The compiled programs that make an instance. */
export interface InstancePrograms {
  instance: string;
  shiftDate: string;
}

/**
 * Where `npm run build:local` puts them: dist/local/functions below the folder of package.json. Looked up from here, so
 * that it holds for this file in local/ as well as bundled into dist/.
 */
export function builtPrograms(): InstancePrograms {
  let root = __dirname;
  while (!existsSync(join(root, 'package.json'))) {
    const parent = dirname(root);
    if (parent === root)
      throw new Error(`No package.json above ${__dirname}: the programs of instances are not found`);
    root = parent;
  }
  const built = (name: string) => {
    const file = join(root, 'dist', 'local', 'functions', name);
    if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build:local" first`);
    return file;
  };
  return { instance: built('instance.js'), shiftDate: built('shift-date.js') };
}
