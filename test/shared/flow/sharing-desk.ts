import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import { directoryReader } from '../../../shared/alicloud/directory-reader';
import { factsReader } from '../../../shared/alicloud/facts-reader';
import { providerClient } from '../../../shared/alicloud/provider-client';
import type { ShareRequest } from '../../../shared/domain/sharing/request';
import type { Person, Role } from '../../../shared/domain/sharing/person';
import type { Principal } from '../../../shared/domain/sharing/principal';
import { principalOf } from '../../../shared/domain/sharing/principal';
import type { Ledger } from '../../../shared/domain/sharing/ledger';
import type { Policy, PolicyVersion } from '../../../shared/domain/sharing/policy/policy';
import { resourceKey, type ResourceType } from '../../../shared/domain/sharing/resource';
import { ask } from '../../../shared/flow/ask';
import { convergeAll, type ConvergenceReport } from '../../../shared/flow/converge-all';
import { decide } from '../../../shared/flow/decide';
import { lookAtRequest } from '../../../shared/flow/look';
import { currentPolicy, uploadPolicy } from '../../../shared/flow/policies';
import { reconcileDirectory } from '../../../shared/flow/reconcile-directory';
import { revoke } from '../../../shared/flow/revoke';
import type { Answer } from '../../../shared/flow/refusal';
import { settleRequests } from '../../../shared/flow/settle-requests';
import { NO_TERMS } from '../../../shared/flow/terms';
import { openAggregates } from '../../../shared/tablestore/aggregates';
import { openDueQueue } from '../../../shared/tablestore/due-queue';
import { openLeases } from '../../../shared/tablestore/leases';
import { openLists } from '../../../shared/tablestore/lists';
import { openRows } from '../../../shared/tablestore/open-rows';
import { openOutbox } from '../../../shared/tablestore/outbox';
import type { Rows } from '../../../shared/tablestore/rows';
import type { World } from '../../../local/cloud/world';
import { configurationAt } from '../alicloud/outside';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { startInstallation } from './installation';

export const REN = person('ren', 'requester');
export const ADA = person('ada', 'approver');
export const OLU = person('olu', 'operator');
export const BO = person('bo', 'requester', 'approver');

export function person(name: string, ...roles: Role[]): Person {
  return { subject: `https://issuer.test|${name}`, name, roles, groups: [] };
}

/** Ample: these runs are stopped by what they find, not by the clock. */
const timeLeft = () => 60_000;

/** The tiny estate with people who ask and decide, and the poller run by hand. Credentials are fresh in every call. */
export async function openDesk(change: (world: World) => void = () => {}) {
  const installation = await startInstallation(change);
  const { cloud, clock, tablestore } = installation;

  function state(through: (rows: Rows) => Rows = (rows) => rows) {
    const credentials = cloud.roleCredentials(TINY.management, 'sharekeeper');
    const rows = through(openRows(tablestore, credentials));
    const client = providerClient(
      configurationAt({ '*/*': cloud.endpoints[TINY.regionId] ?? '' }),
      { accountId: TINY.management, regionId: TINY.regionId, credentials },
      clock,
      { random: () => 0 },
    );
    return {
      aggregates: openAggregates(rows, clock),
      lists: openLists(rows),
      leases: openLeases(rows, clock),
      due: openDueQueue(rows),
      outbox: openOutbox(rows),
      provider: sharingProvider(client),
      directory: directoryReader(client),
      clock,
      places: [PLACE],
      preflight: {
        facts: async () => factsReader(client),
        typeOverrides: {},
        settings: { externalSharing: true, sharesPerAccountMax: 1_000, sharedResourcesPerAccountMax: 1_000 },
      },
      newId: () => randomBytes(8).toString('hex'),
    };
  }

  return {
    ...installation,
    state,
    /** Moves everybody's time: the servers go by the clock, the SDKs in this process by Date. */
    wind(byMs: number) {
      clock.wind(byMs);
      vi.useFakeTimers({ toFake: ['Date'], now: clock.nowMs() });
    },
    async close() {
      vi.useRealTimers();
      await installation.close();
    },
    /** Events of a stream; nothing relays them here, so all that there ever were. */
    events: (stream: string) => state().outbox.pending(stream),
    async readDirectory() {
      await reconcileDirectory(state());
    },
    async asks(
      who: Person,
      resources: [ResourceType, string][],
      principalIds: string[],
      window: { startMs?: number; endMs?: number } = {},
    ): Promise<ShareRequest> {
      const asked = await ask(state(), who, {
        resources: resources.map(([resourceType, resourceId]) => ({ ...PLACE, resourceType, resourceId })),
        principals: principalIds.map(principal),
        reason: 'The restore drill needs it',
        ticket: null,
        startMs: window.startMs ?? null,
        endMs: window.endMs ?? null,
      });
      return valueOf(asked).doc;
    },
    /** Puts a policy in the place of the one that stands. */
    async uploads(policy: Policy): Promise<PolicyVersion> {
      const ports = state();
      const { number } = await currentPolicy(ports);
      return valueOf(await uploadPolicy(ports, OLU, policy, { ...NO_TERMS, versions: [number] }));
    },
    async ledgersOf(requestId: string): Promise<Ledger[]> {
      const { aggregates } = state();
      const request = (await aggregates.load('request', requestId))?.doc;
      const found = await aggregates.loadMany('ledger', (request?.resources ?? []).map(resourceKey));
      return [...found.values()].map(({ doc }) => doc);
    },
    async approves(who: Person, requestId: string): Promise<ShareRequest> {
      return valueOf(await decide(state(), who, requestId, { decision: 'approve', comment: '' })).doc;
    },
    async revokes(who: Person, requestId: string): Promise<ShareRequest> {
      return valueOf(await revoke(state(), who, requestId, 'No longer needed')).doc;
    },
    /** One run of the poller. */
    async polls(): Promise<ConvergenceReport> {
      const ports = state();
      await settleRequests(ports, timeLeft);
      return await convergeAll(ports, [PLACE], timeLeft);
    },
    /** What became of a request's grants: `<resource> <principal>` to the sight's name. */
    async sights(requestId: string): Promise<Record<string, string>> {
      const looked = valueOf(await lookAtRequest(state(), ADA, requestId));
      return Object.fromEntries(
        looked.grants.map(({ resource, grant }) => [
          `${resource.resourceId} ${grant.principal.id}`,
          grant.sight.is,
        ]),
      );
    },
    /** Writes that reached the provider, in order. */
    writes(): string[] {
      return cloud.calls.records
        .filter(({ action }) => /^(Create|Associate|Disassociate|Delete|Modify)/.test(action))
        .map(({ action }) => action);
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

function principal(id: string): Principal {
  const found = principalOf(id);
  if (found === null) throw new Error(`${id} is no principal`);
  return found;
}

export function valueOf<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}
