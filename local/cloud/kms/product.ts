import { type ParameterProblem, type Product, ProviderRefusal } from '../product';
import { describeKey } from './describe-key';
import { listAliasesByKeyId } from './list-aliases-by-key-id';

export const kms: Product = {
  name: 'Kms',
  version: '2016-01-20',
  isRegional: true,
  refuseParameter,
  actions: { DescribeKey: describeKey, ListAliasesByKeyId: listAliasesByKeyId },
};

/** KMS has one code for every parameter that does not fit. */
function refuseParameter({ name, problem }: ParameterProblem): ProviderRefusal {
  return problem === 'missing'
    ? new ProviderRefusal(400, 'MissingParameter', `The parameter ${name} is needed but not provided.`)
    : new ProviderRefusal(400, 'InvalidParameter', 'The specified parameter is not valid.');
}
