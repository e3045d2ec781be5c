/**
 * Does `work` for each item, at most `atOnce` at a time. One that fails stops no other: what was thrown is answered,
 * and is the caller's to throw on.
 */
export async function fewAtOnce<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<unknown[]> {
  const queue = items.values();
  const failures: unknown[] = [];
  const takeTurns = async (): Promise<void> => {
    for (const item of queue) {
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeTurns));
  return failures;
}

/** Throws the failure there is, or all of them as one. */
export function throwTogether(failures: readonly unknown[]): void {
  if (failures.length === 0) return;
  if (failures.length === 1) throw failures[0];
  const [first] = failures;
  const message = first instanceof Error ? first.message : String(first);
  throw new AggregateError(
    failures,
    `${failures.length} parts of the work failed, the first one: ${message}`,
  );
}
