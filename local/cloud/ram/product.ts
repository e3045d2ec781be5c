import type { Product } from '../product';
import { getRole } from './get-role';

export const ram: Product = {
  name: 'Ram',
  version: '2015-05-01',
  actions: { GetRole: getRole },
};
