import { refuseParameter } from '../gateway/parameters';
import { type ParameterProblem, type Product, ProviderRefusal } from '../product';
import { listProductQuotas } from './list-product-quotas';

export const quotas: Product = {
  name: 'Quotas',
  version: '2020-05-10',
  refuseParameter: refuseQuotaParameter,
  actions: { ListProductQuotas: listProductQuotas },
};

/** Quota Center has a code of its own for the size of a page. */
function refuseQuotaParameter(problem: ParameterProblem): ProviderRefusal {
  if (problem.name !== 'MaxResults') return refuseParameter(problem);
  return new ProviderRefusal(
    400,
    'INVALID.MAX.RESULTS',
    'The maxResults parameter is invalid. Use an integer ranging from 1 to 100.',
  );
}
