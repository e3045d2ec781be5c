import type { CallRecord } from '../../local/cloud/calls';
import { products } from '../../local/cloud/products';
import { descriptionOf, requestProblems } from '../kit/openapi';

/**
 * What is wrong with calls that reached the local cloud, in words and each once: what is not as Alibaba describes it,
 * and what the local cloud does not know and so would overlook.
 */
export function recordProblems(records: readonly CallRecord[]): string[] {
  const problems = records.flatMap((record) =>
    problemsOf(record).map((one) => `${record.product} ${record.action}: ${one}`),
  );
  return [...new Set(problems)];
}

function problemsOf({ product, action, parameters }: CallRecord): string[] {
  const description = descriptionOf(product, action);
  const known = products.find(({ name }) => name === product)?.actions[action]?.parameters;
  if (description === undefined || known === undefined) return ['the action is not described'];
  const overlooked = Object.keys(parameters)
    .filter((name) => !Object.hasOwn(known, name.split('.')[0] ?? ''))
    .map((name) => `${name} is overlooked by the local cloud`);
  return [...requestProblems(description, parameters), ...overlooked];
}
