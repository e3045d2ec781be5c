import { fallDue } from '../fall-due';
import { newIdIn } from '../ids';
import type { Call, Caller } from '../product';
import { positionOf } from '../switches';
import type { World } from '../world';
import type { Found } from './find-action';
import { readParameters } from './parameters';

/** Actions that leave the world as it is. */
const READING = /^(Describe|List|Get|Check|AssumeRole)/;

/**
 * Checks the parameters, lets happen what fell due, and runs the action. `onChange` hears of every change.
 *
 * @throws ProviderRefusal as the action or its parameters deserve.
 */
export function runAction(
  caller: Caller,
  { product, name, action }: Found,
  regionId: string,
  flat: ReadonlyMap<string, string>,
  world: World,
  nowMs: number,
  onChange: () => void,
): Record<string, unknown> {
  const call: Call = {
    caller,
    regionId,
    nowMs,
    world,
    parameters: readParameters(action.parameters, flat, product.refuseParameter),
    newId: (prefix) => newIdIn(world, prefix),
    switchAt: (switchName) => positionOf(switchName, world),
  };
  if (fallDue(world, nowMs)) onChange();
  const body = action.run(call);
  if (!READING.test(name)) onChange();
  return body;
}
