import type { Product } from '../product';
import { describeRegions } from './describe-regions';

export const ecs: Product = {
  name: 'Ecs',
  version: '2014-05-26',
  actions: { DescribeRegions: describeRegions },
};
