import { readParameters } from '../../local/cloud/gateway/parameters';
import { newIdIn } from '../../local/cloud/ids';
import { type Product, ProviderRefusal } from '../../local/cloud/product';
import { positionOf } from '../../local/cloud/switches';
import type { World } from '../../local/cloud/world';

/** One question to the local cloud, past the sockets and the signature. */
export interface Question {
  world: World;
  product: Product;
  action: string;
  /** The account that asks. */
  by: string;
  regionId: string;
  nowMs: number;
  /** As they are on the wire: `AddAccount.1`, everything as text. */
  parameters?: Record<string, string>;
}

/** The body that the action answers. @throws ProviderRefusal as the action does. */
export function ask(question: Question): Record<string, unknown> {
  const { world, product, by } = question;
  const action = product.actions[question.action];
  if (action === undefined) throw new Error(`${product.name} has no ${question.action}`);
  const flat = new Map(Object.entries(question.parameters ?? {}));
  return action.run({
    caller: { accountId: by, identityType: 'RAMUser', arn: `acs:ram::${by}:user/operator`, principalId: by },
    regionId: question.regionId,
    parameters: readParameters(action.parameters, flat, product.refuseParameter),
    nowMs: question.nowMs,
    world,
    newId: (prefix) => newIdIn(world, prefix),
    switchAt: (name) => positionOf(name, world),
  });
}

/** The refusal of a question as `status code`, e.g. `404 InvalidImageId.NotFound`; 'answered' when it is none. */
export function refusalOf(question: Question): string {
  return refusalBy(() => ask(question));
}

/** The refusal that something ends with, as `status code`; 'answered' when it ends well. */
export function refusalBy(doIt: () => unknown): string {
  try {
    doIt();
    return 'answered';
  } catch (error) {
    if (error instanceof ProviderRefusal) return `${error.status} ${error.code}`;
    throw error;
  }
}
