import type { Product } from '../product';
import { describeVSwitches } from './describe-vswitches';

export const vpc: Product = {
  name: 'Vpc',
  version: '2016-04-28',
  actions: { DescribeVSwitches: describeVSwitches },
};
