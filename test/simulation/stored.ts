import type { StreamEvent } from '../../shared/domain/audit/event';
import type { Ledger } from '../../shared/domain/sharing/ledger';
import type { ShareRequest } from '../../shared/domain/sharing/request';
import type { ManagedShare } from '../../shared/domain/sharing/resource-share';
import { HIGHEST, LOWEST, type Rows } from '../../shared/tablestore/rows';
import { TABLES } from '../../shared/tablestore/tables';

/** One aggregate as its row holds it. Nothing relays events here, so they are all that there ever were. */
export interface StoredAggregate {
  stream: string;
  doc: unknown;
  events: StreamEvent[];
}

/** Every aggregate there is, read past the code that is under trial. */
export async function readStored(rows: Rows): Promise<StoredAggregate[]> {
  const found: StoredAggregate[] = [];
  let from: Parameters<Rows['range']>[0]['from'] = [['key', LOWEST]];
  for (;;) {
    const page = await rows.range({
      table: TABLES.aggregates.name,
      from,
      to: [['key', HIGHEST]],
      limit: 1_000,
    });
    for (const { key, columns } of page.rows) {
      const spread = String(key['key']);
      found.push({
        stream: spread.slice(spread.indexOf('/') + 1),
        doc: JSON.parse(String(columns['doc'])),
        events: JSON.parse(String(columns['outbox'])) as StreamEvent[],
      });
    }
    if (page.next === null) return found;
    from = page.next;
  }
}

export interface Stored {
  all: StoredAggregate[];
  requests: ShareRequest[];
  ledgers: Ledger[];
  shares: { doc: ManagedShare; events: StreamEvent[] }[];
}

export function sorted(all: StoredAggregate[]): Stored {
  const of = (kind: string) => all.filter(({ stream }) => stream.startsWith(`${kind}/`));
  return {
    all,
    requests: of('request').map(({ doc }) => doc as ShareRequest),
    ledgers: of('ledger').map(({ doc }) => doc as Ledger),
    shares: of('resource-share').map(({ doc, events }) => ({ doc: doc as ManagedShare, events })),
  };
}
