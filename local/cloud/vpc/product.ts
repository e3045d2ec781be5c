import type { Product } from '../product';
import { refuseParameter } from '../ecs/refuse-parameter';
import { describeVSwitches } from './describe-vswitches';

export const vpc: Product = {
  name: 'Vpc',
  version: '2016-04-28',
  isRegional: true,
  refuseParameter,
  actions: { DescribeVSwitches: describeVSwitches },
};
