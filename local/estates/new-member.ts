import type { World } from '../cloud/world';
import { account, accessKeyOf } from './accounts';

/** Puts a new account into the world, outside every directory, and answers its id: somebody who may join. */
export function newMember(world: World): string {
  const number = Object.keys(world.accounts).length;
  const accountId = `30000000000${String(number).padStart(5, '0')}`;
  world.accounts[accountId] = account(
    accountId,
    `Newcomer ${number}`,
    'china',
    accessKeyOf('newcomer', number, accountId),
  );
  return accountId;
}
