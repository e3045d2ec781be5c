/** Lists whose order is that of the ids alone. */
export const BY_ID = '-';

/** Every ledger, by resource. */
export const ALL_LEDGERS = 'ledgers';

/** The ledgers of one place. */
export function ledgersOf(placeKey: string): string {
  return `ledgers/${placeKey}`;
}

/** What we write to at the provider in one place. */
export function sharesOf(placeKey: string): string {
  return `resource-shares/${placeKey}`;
}
