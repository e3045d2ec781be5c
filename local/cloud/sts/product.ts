import type { Product } from '../product';
import { assumeRole, refuseStsParameter } from './assume-role';
import { getCallerIdentity } from './get-caller-identity';

export const sts: Product = {
  name: 'Sts',
  version: '2015-04-01',
  refuseParameter: refuseStsParameter,
  actions: { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity },
};
