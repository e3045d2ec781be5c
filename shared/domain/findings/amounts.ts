import type { FreedBytes } from './cost';
import type { MonthlyCost } from './finding';

/** An amount as it may be said: always a range with its unit, a bare number only where it is exact. */
export function costInWords({ currency, ...range }: MonthlyCost): string {
  return inWords(range, `${currency} a month`);
}

export function sizeInWords({ low, likely, high, exact }: FreedBytes): string {
  const gib = (bytes: number) => bytes / 2 ** 30;
  const range = { low: gib(low), likely: likely === null ? null : gib(likely), high: gib(high), exact };
  return inWords(range, 'GiB');
}

interface Range {
  low: number;
  likely: number | null;
  high: number;
  exact: boolean;
}

function inWords({ low, likely, high, exact }: Range, unit: string): string {
  if (exact || high < SMALLEST_SAID) return `${said(high)} ${unit}`;
  if (likely === null) return `up to ${said(high)} ${unit}`;
  const about = likely < SMALLEST_SAID ? '' : 'about ';
  return `${about}${said(likely)} ${unit} (${said(low)} to ${said(high)})`;
}

const SMALLEST_SAID = 0.01;

function said(amount: number): string {
  if (amount > 0 && amount < SMALLEST_SAID) return `under ${SMALLEST_SAID}`;
  return amount.toFixed(2).replace(/\.00$/, '');
}
