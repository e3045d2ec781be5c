import { standingOf } from '../domain/receiving/receiver-write';
import { BY } from './managed-shares';
import { ProviderError, type DueEntry, type DueQueue, type TimeLeft } from './ports';
import { settleWrite, WRITES_DUE, type WritePorts } from './receiver-writes';

const PER_RUN_MAX = 100;

export interface WritesReport {
  settledWrites: number;
  unsettledWrites: { id: string; code: string; message: string }[];
}

/** Finds out what came of writes whose writer died, or never heard. Nothing is repeated: that is for people to say. */
export async function settleReceiverWrites(
  ports: WritePorts & { due: DueQueue },
  timeLeft: TimeLeft,
): Promise<WritesReport> {
  const report: WritesReport = { settledWrites: 0, unsettledWrites: [] };
  for (const entry of await ports.due.due(WRITES_DUE, ports.clock.nowMs(), PER_RUN_MAX)) {
    if (timeLeft() <= 0) break;
    try {
      if (await settle(ports, entry)) report.settledWrites += 1;
      await ports.due.done(entry);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      report.unsettledWrites.push({ id: entry.id, code: error.code, message: error.message });
    }
  }
  return report;
}

/** Whether there was something to find out. One that was begun anew has an entry of its own, later. */
async function settle(ports: WritePorts, { id }: DueEntry): Promise<boolean> {
  const stored = await ports.aggregates.load('receiver-write', id);
  if (stored === null || stored.doc.state.is === 'ended') return false;
  if (standingOf(stored.doc, ports.clock.nowMs()).is === 'under-way') return false;
  await settleWrite(ports, stored.doc, BY);
  return true;
}
