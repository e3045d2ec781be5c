import { promise, type Step } from './tour-promise';
import { at, grantStatuses, providerWrites, runFunction, runUntil, type Json } from './tour-looks';

const SETTLED_AFTER_MS = 10_000;
const DAY_MS = 24 * 3_600_000;

const addWebhook: Step = {
  title: ({ laptop }) => `Olu, an operator, has events sent to ${laptop.receiver.url}/tour`,
  async take({ call, laptop }) {
    const known = await call('Olu', 'GET', '/v1/webhook-endpoints');
    promise(known.status === 200, `The endpoints cannot be listed: ${JSON.stringify(known.body)}`);
    const endpoints = at(known.body, 'endpoints') as Json[];
    if (endpoints.some((endpoint) => at(endpoint, 'url') === `${laptop.receiver.url}/tour`)) {
      return ['There is such an endpoint from an earlier start.'];
    }
    const added = await call('Olu', 'POST', '/v1/webhook-endpoints', {
      url: `${laptop.receiver.url}/tour`,
      description: 'the tour',
    });
    promise(added.status === 201, `The endpoint was not added: ${JSON.stringify(added.body)}`);
    laptop.trustSecret(String(at(added.body, 'secret')));
    return ['Its signing secret was shown once; the receiver checks every delivery with it.'];
  },
};

const readDirectory: Step = {
  title: () => 'membership-reconciler reads the resource directory',
  async take(tour) {
    const did = await runFunction(tour, 'membership-reconciler', 'every-15-minutes');
    promise(
      at(did, 'completeness') === 'complete',
      `The directory was not read whole: ${JSON.stringify(did)}`,
    );
    return [`${String(at(did, 'members'))} members in ${String(at(did, 'folders'))} folders`];
  },
};

const ask: Step = {
  title: ({ cast }) =>
    `Bo asks for snapshot ${cast.snapshot.snapshotId} of ${cast.snapshot.ownerId} (${cast.regionId})`,
  async take(tour) {
    const { call, cast, laptop } = tour;
    const asked = await call('Bo', 'POST', '/v1/requests', {
      resources: [
        {
          resourceType: 'Snapshot',
          regionId: cast.regionId,
          resourceId: cast.snapshot.snapshotId,
          ownerAccountId: cast.snapshot.ownerId,
        },
      ],
      principals: [{ id: cast.partnerId }, { id: cast.memberId }],
      reason: 'The restore drill needs last week of orders',
      endsAt: new Date(laptop.clock.nowMs() + 90 * DAY_MS).toISOString(),
    });
    promise(asked.status === 201, `The request was not taken: ${JSON.stringify(asked.body)}`);
    tour.requestId = String(at(asked.body, 'requestId'));
    return [
      `for partner ${cast.partnerId} (outside the directory) and member ${cast.memberId} (inside), for 90 days`,
      `${tour.requestId} is ${String(at(asked.body, 'status'))}`,
    ];
  },
};

const approve: Step = {
  title: () => 'Ada approves it; Bo is an approver too, but not of their own request',
  async take({ call, requestId }) {
    const own = await call('Bo', 'POST', `/v1/requests/${requestId}/decision`, { decision: 'approve' });
    promise(at(own.body, 'code') === 'own-request', `Bo decided on their own request: ${own.status}`);
    const decided = await call('Ada', 'POST', `/v1/requests/${requestId}/decision`, {
      decision: 'approve',
      comment: 'Fine for the drill',
    });
    promise(
      decided.status === 200 && at(decided.body, 'status') === 'approved',
      `The request was not approved: ${JSON.stringify(decided.body)}`,
    );
    return [`Bo: ${own.status} ${String(at(own.body, 'detail'))}`, 'Ada: approved'];
  },
};

const share: Step = {
  title: () => 'invitation-poller makes the shares through Resource Sharing',
  async take(tour) {
    const { cast, laptop } = tour;
    await laptop.host.idle();
    laptop.clock.wind(SETTLED_AFTER_MS);
    await runUntil(tour, 'invitation-poller', 'every-minute', async () => {
      const now = await grantStatuses(tour);
      return now[cast.memberId] === 'granted' && now[cast.partnerId] === 'invited';
    });
    return [
      ...providerWrites(tour),
      `member ${cast.memberId}: granted at once, as everybody inside the directory`,
      `partner ${cast.partnerId}: invited, has 7 days to answer`,
    ];
  },
};

const accept: Step = {
  title: ({ cast }) => `Two days later the partner ${cast.partnerId} accepts`,
  async take(tour) {
    const { cast, laptop } = tour;
    laptop.clock.wind(2 * DAY_MS);
    laptop.cloud.act({ act: 'accept', accountId: cast.partnerId });
    laptop.clock.wind(SETTLED_AFTER_MS);
    await runUntil(tour, 'invitation-poller', 'every-minute', async () => {
      const now = await grantStatuses(tour);
      return now[cast.partnerId] === 'granted';
    });
    return ['invitation-poller sees it: granted'];
  },
};

const join: Step = {
  title: ({ cast }) => `Account ${cast.newcomerId} joins the directory`,
  async take(tour) {
    const { cast, laptop } = tour;
    laptop.cloud.act({ act: 'add-member', accountId: cast.newcomerId });
    const did = await runFunction(tour, 'membership-reconciler', 'every-15-minutes');
    promise(Number(at(did, 'changes')) >= 1, `The reconciler saw no change: ${JSON.stringify(did)}`);
    return [`membership-reconciler sees ${String(at(did, 'members'))} members now`];
  },
};

const sweep: Step = {
  title: () => 'snapshot-sweeper looks for shared snapshots that have expired and are still billed',
  async take(tour) {
    const did = await runFunction(tour, 'snapshot-sweeper', 'nightly');
    promise(
      (at(did, 'incomplete') as Json[]).length === 0,
      `The sweep is incomplete: ${JSON.stringify(did)}`,
    );
    const listed = await tour.call('Ines', 'GET', '/v1/findings?limit=100');
    promise(listed.status === 200, `The findings cannot be listed: ${JSON.stringify(listed.body)}`);
    const findings = (at(listed.body, 'findings') as Json[]).filter((one) => at(one, 'status') === 'open');
    promise(findings.length > 0, 'No expired shared snapshot was found, though the estate holds some');
    const dearest = findings.toSorted((a, b) => likelyCost(b) - likelyCost(a))[0];
    promise(likelyCost(dearest) > 0, 'The finding does not say what it costs');
    return [
      `${String(at(did, 'snapshotsRead'))} snapshots in ${String(at(did, 'places'))} places read, ${findings.length} found; the dearest:`,
      String(at(dearest, 'title')),
      String(at(dearest, 'advice')),
    ];
  },
};

const revoke: Step = {
  title: () => 'The drill is over: Bo revokes the request, and both lose the snapshot',
  async take(tour) {
    const { cast, laptop } = tour;
    const revoked = await tour.call('Bo', 'POST', `/v1/requests/${tour.requestId}/revoke`, {
      reason: 'The drill is over',
    });
    promise(revoked.status === 200, `The request was not revoked: ${JSON.stringify(revoked.body)}`);
    await laptop.host.idle();
    await runUntil(tour, 'invitation-poller', 'every-minute', async () => {
      const now = await grantStatuses(tour);
      return now[cast.memberId] === 'gone' && now[cast.partnerId] === 'gone';
    });
    return [...providerWrites(tour), 'gone is said only now, after the provider was read again'];
  },
};

const deliver: Step = {
  title: () => 'webhook-dispatcher has told the receiver all of it',
  async take(tour) {
    const { receiver } = tour.laptop;
    const wanted = [
      'request.created',
      'request.approved',
      'invitation.accepted',
      'directory.member_joined',
      'grant.gone',
    ];
    const believed = () => receiver.received.filter(({ verdict }) => verdict.valid);
    const types = () => new Set(believed().map(({ json }) => String(at(json as Json, 'type'))));
    await runUntil(tour, 'webhook-dispatcher', 'every-minute', async () =>
      wanted.every((type) => types().has(type)),
    );
    const refused = receiver.received.length - believed().length;
    promise(refused === 0, `${refused} deliveries did not verify`);
    return [
      `${believed().length} events received, every signature verified: ${[...types()].sort().join(', ')}`,
    ];
  },
};

function likelyCost(finding: Json | undefined): number {
  const cost = finding === undefined ? null : at(finding, 'cost');
  return cost === null || typeof cost !== 'object' ? 0 : Number(at(cost as Json, 'likely') ?? 0);
}

export const STEPS: readonly Step[] = [
  addWebhook,
  readDirectory,
  ask,
  approve,
  share,
  accept,
  join,
  sweep,
  revoke,
  deliver,
];
