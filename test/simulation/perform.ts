import { principalOf } from '../../shared/domain/sharing/principal';
import type { Person, Role } from '../../shared/domain/sharing/person';
import { ask } from '../../shared/flow/ask';
import { decide } from '../../shared/flow/decide';
import { reconcileDirectory } from '../../shared/flow/reconcile-directory';
import { revoke } from '../../shared/flow/revoke';
import type { Answer } from '../../shared/flow/refusal';
import { withdraw } from '../../shared/flow/withdraw';
import { Failure } from './failure';
import { others } from './others';
import { PLACE } from './estate';
import { at, some, type Memory } from './memory';
import { poll } from './poll';
import { Dead, dying, interfered, stalling } from './process-under-test';
import type { Death, Step } from './steps';

export const PEOPLE = {
  ren: person('ren', 'requester'),
  ada: person('ada', 'approver'),
  bo: person('bo', 'requester', 'approver'),
};

function person(name: string, ...roles: Role[]): Person {
  return { subject: `https://issuer.test|${name}`, name, roles, groups: [] };
}

/** Takes one step. Answers in a word what came of it. */
export async function perform(step: Step, memory: Memory): Promise<string> {
  const { stage } = memory;
  switch (step.do) {
    case 'ask':
      return await asks(step, memory);
    case 'decide':
      return await decides(step, memory);
    case 'decide-at-once':
      return await decideAtOnce(step.which, memory);
    case 'decide-and-revoke':
      return await decideAndRevoke(step, memory);
    case 'withdraw': {
      const request = at(inState(memory, 'pending'), step.which);
      if (request === undefined) return 'nothing';
      return said(await withdraw(stage.ports(), request.requestedBy, request.requestId));
    }
    case 'revoke': {
      const request = at(inState(memory, 'approved'), step.which);
      if (request === undefined) return 'nothing';
      return await mayDie(step.dies, memory, (ports) =>
        revoke(ports, PEOPLE.ada, request.requestId, 'No longer needed'),
      );
    }
    case 'wind':
      stage.clock.wind(step.byMs);
      return 'done';
    case 'read-directory': {
      const read = await reconcileDirectory(stage.ports());
      return read.completeness;
    }
    case 'poll':
      return await poll(step.how, memory);
    default:
      return others(step, memory);
  }
}

function inState({ requests }: Memory, is: string) {
  return requests.filter(({ state }) => state.is === is);
}

async function asks(step: Extract<Step, { do: 'ask' }>, memory: Memory): Promise<string> {
  const ports = memory.stage.ports();
  const nowMs = ports.clock.nowMs();
  const startMs = step.startInMs === null ? null : nowMs + step.startInMs;
  const asked = await ask(ports, PEOPLE[step.by], {
    resources: some(memory.stage.cast.resources, step.what).map(([resourceType, resourceId]) => ({
      ...PLACE,
      resourceType,
      resourceId,
    })),
    principals: some(memory.stage.cast.principals, step.whom).flatMap((id) => principalOf(id) ?? []),
    reason: 'The restore drill needs it',
    ticket: null,
    startMs,
    endMs: step.forMs === null ? null : (startMs ?? nowMs) + step.forMs,
  });
  if (asked.ok) memory.requestIds.push(asked.value.doc.requestId);
  return said(asked);
}

async function decides(step: Extract<Step, { do: 'decide' }>, memory: Memory): Promise<string> {
  const request = at(inState(memory, 'pending'), step.which);
  if (request === undefined) return 'nothing';
  const decision = { decision: step.approve ? 'approve' : 'deny', comment: '' } as const;
  return await mayDie(step.dies, memory, (ports) =>
    decide(ports, PEOPLE[step.by], request.requestId, decision),
  );
}

/** Five approvers and as many denials at once: one of them is heard. */
async function decideAtOnce(which: number, memory: Memory): Promise<string> {
  const request = at(inState(memory, 'pending'), which);
  if (request === undefined) return 'nothing';
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      decide(memory.stage.ports(), person(`approver-${number}`, 'approver'), request.requestId, {
        decision: number % 2 === 0 ? 'approve' : 'deny',
        comment: '',
      }),
    ),
  );
  const heard = answers.filter(({ ok }) => ok).length;
  const isOver = request.state.is === 'pending' && request.state.lapseMs <= memory.stage.clock.nowMs();
  if (heard !== (isOver ? 0 : 1)) throw new Failure(`${heard} of 10 decisions at once were heard`);
  return 'done';
}

/** The approval that goes on last must not open again what was revoked meanwhile. */
async function decideAndRevoke(
  { which, stallAt }: Extract<Step, { do: 'decide-and-revoke' }>,
  { stage, requests }: Memory,
): Promise<string> {
  const request = at(
    requests.filter(({ state }) => state.is === 'pending'),
    which,
  );
  if (request === undefined) return 'nothing';
  const { requestId } = request;
  const stall = stalling({ nth: stallAt, of: 'call' });
  const { rows } = interfered(stall);
  const decision = { decision: 'approve', comment: '' } as const;
  const approving = decide(stage.ports(rows), PEOPLE.ada, requestId, decision);
  await Promise.race([approving, stall.reached]);
  const revoked = await revoke(stage.ports(), PEOPLE.ada, requestId, 'Never mind');
  stall.goOn();
  return `${said(await approving)} and ${said(revoked)}`;
}

type Deciding = Pick<ReturnType<Memory['stage']['ports']>, 'aggregates' | 'lists' | 'clock'>;

async function mayDie(
  death: Death | null,
  memory: Memory,
  work: (ports: Deciding) => Promise<Answer<unknown>>,
): Promise<string> {
  if (death === null) return said(await work(memory.stage.ports()));
  const { rows } = interfered(dying(death));
  try {
    return said(await work(memory.stage.ports(rows)));
  } catch (error) {
    if (error instanceof Dead) return 'died';
    throw error;
  }
}

function said(answer: Answer<unknown>): string {
  return answer.ok ? 'done' : answer.refusal.reason;
}
