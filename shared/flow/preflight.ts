import { OWN_DIRECTORY } from '../domain/directory/known-directory';
import { known, unknown } from '../domain/sharing/preflight/facts';
import { judgeAll } from '../domain/sharing/preflight/judge';
import { RULES } from '../domain/sharing/preflight/rules';
import type { PreflightSettings } from '../domain/sharing/preflight/settings';
import type { PreflightReport } from '../domain/sharing/preflight-report';
import { resourceKey, type Place } from '../domain/sharing/resource';
import type { TypeOverrides } from '../domain/sharing/resource-types';
import type { Wish } from '../domain/sharing/wish';
import type { FactsReader } from './facts-port';
import { gatherFacts } from './gather-facts';
import type { Aggregates, Clock } from './ports';

/** What every preflight needs besides the wish itself. */
export interface PreflightPorts {
  aggregates: Aggregates;
  clock: Clock;
  places: readonly Place[];
  preflight: PreflightMeans;
}

/** How preflight looks at the provider, and what this installation has said about it. */
export interface PreflightMeans {
  /** Opened when it is needed: most calls of the API need none. */
  facts: () => Promise<FactsReader>;
  typeOverrides: TypeOverrides;
  settings: Omit<PreflightSettings, 'unknownBlocks'>;
}

/**
 * Looks at the provider as it is now and says everything that speaks against a wish, or should be known before somebody
 * agrees to it. It only reads, and writes nothing anywhere.
 */
export async function preflight(
  ports: PreflightPorts,
  wish: Pick<Wish, 'resources' | 'principals' | 'startMs' | 'endMs'>,
  { unknownBlocks }: { unknownBlocks: boolean },
): Promise<PreflightReport> {
  const nowMs = ports.clock.nowMs();
  const [directory, ledgers] = await Promise.all([
    ports.aggregates.load('directory', OWN_DIRECTORY),
    ports.aggregates.loadMany('ledger', wish.resources.map(resourceKey)),
  ]);
  const factsOf = await gatherFacts(
    {
      reader: await ports.preflight.facts(),
      places: ports.places,
      typeOverrides: ports.preflight.typeOverrides,
      settings: { ...ports.preflight.settings, unknownBlocks },
      directory:
        directory === null
          ? unknown(
              'The resource directory was not read yet; the membership reconciler does so every 15 minutes.',
            )
          : known(directory.doc.directory),
      ledgers: new Map([...ledgers].map(([id, { doc }]) => [id, doc])),
      nowMs,
    },
    wish,
  );
  return judgeAll(RULES, wish, factsOf, { unknownBlocks, nowMs });
}
