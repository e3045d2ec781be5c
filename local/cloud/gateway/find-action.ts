import { type Action, type Product, ProviderRefusal } from '../product';
import { products } from '../products';

export interface Found {
  product: Product;
  name: string;
  action: Action;
}

/**
 * The action that a call names. The API version tells the product.
 *
 * @throws ProviderRefusal MissingAction, InvalidVersion, InvalidAction.NotFound
 */
export function findAction(name: string, version: string, regionId: string): Found {
  if (name === '') throw new ProviderRefusal(400, 'MissingAction', 'Action is mandatory for this action.');
  const product = products.find((one) => one.version === version);
  if (product === undefined) {
    throw new ProviderRefusal(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  }
  const action = Object.hasOwn(product.actions, name) ? product.actions[name] : undefined;
  if (action === undefined || (product.isRegional && regionId === 'central')) {
    throw new ProviderRefusal(
      404,
      'InvalidAction.NotFound',
      'Specified api is not found, please check your url and method.',
    );
  }
  return { product, name, action };
}
