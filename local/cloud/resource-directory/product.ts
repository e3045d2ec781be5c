import type { Product } from '../product';
import { getResourceDirectory } from './get-resource-directory';

/** The newer Resource Directory API. */
export const resourceDirectoryMaster: Product = {
  name: 'ResourceDirectoryMaster',
  version: '2022-04-19',
  actions: { GetResourceDirectory: getResourceDirectory('2022-04-19') },
};

/** The older API over the same data: fewer fields, and no paging by token. */
export const resourceManager: Product = {
  name: 'ResourceManager',
  version: '2020-03-31',
  actions: { GetResourceDirectory: getResourceDirectory('2020-03-31') },
};
