import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstBroken } from '../../../shared/domain/audit/event';
import { currentPolicy, policyVersion, uploadPolicy } from '../../../shared/flow/policies';
import { NO_TERMS } from '../../../shared/flow/terms';
import { dyingAt } from '../../kit/dying-rows';
import { allow, policyOf } from '../domain/sharing/policy/cases';
import { OLU, openDesk, valueOf, type Desk } from './sharing-desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => await desk.close());

it.each(['before', 'after'] as const)(
  'an upload that dies %s any one of its calls leaves the policy as it was or as it shall be, and the next upload works',
  async (when) => {
    let nth = 1;
    for (let died = true; died; nth++) {
      const before = await currentPolicy(desk.state());
      const policy = policyOf(allow({ name: `rule-${nth}` }));
      const ports = desk.state((healthy) => dyingAt(nth, when, healthy));
      died = await uploadPolicy(ports, OLU, policy, { ...NO_TERMS, versions: [before.number] }).then(
        () => false,
        () => true,
      );
      const after = await currentPolicy(desk.state());
      if (after.version === before.version) expect(died).toBe(true);
      else expect(after.policy).toEqual(policy);
      const next = await desk.uploads(policyOf(allow({ name: 'next' })));
      expect(await currentPolicy(desk.state())).toEqual(next);
      expect(valueOf(await policyVersion(desk.state(), before.version))).toEqual(before);
    }
    expect(nth).toBeGreaterThan(5);
    const events = await desk.events('policy-pointer/current');
    expect(firstBroken(events)).toBe(null);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['policy.uploaded']));
    const versions = events.map(({ data }) => data['version']);
    expect(new Set(versions).size).toBe(versions.length);
  },
);
