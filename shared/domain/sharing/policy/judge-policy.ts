import type { KnownDirectory } from '../../directory/known-directory';
import type { Person } from '../person';
import type { Wish } from '../wish';
import { mergedApprovals } from './approvals';
import { endUnder, unmetConditions } from './conditions';
import type { AllowRule, ApprovalNeeded, DenyRule, Policy, Rule } from './policy';
import type { PolicyReason } from './policy-reason';
import { isMeant } from './what';
import { covers, touches, type Meant } from './whom';
import { isOneOf } from './who';

export type PolicyJudgement =
  | {
      is: 'allowed';
      /** Names of the rules that count, in the policy's order. */
      rules: string[];
      /** Who has to agree; empty = nobody, it is approved by the policy alone. */
      approvals: ApprovalNeeded[];
      /** The wish's own end, or the latest that the rules let an open one have. */
      endMs: number | null;
    }
  | { is: 'refused'; reasons: PolicyReason[] };

/**
 * Judges a wish by a policy: every grant of it needs a rule that allows it, and none may be touched by one that denies
 * it. `known` = the last reading of the directory, null when there is none: what depends on it is then refused.
 */
export function judgePolicy(
  policy: Policy,
  person: Person,
  wish: Wish,
  known: KnownDirectory | null,
  nowMs: number,
): PolicyJudgement {
  const rules = policy.rules.filter(({ who }) => isOneOf(who, person));
  const denied = rules.filter((rule) => rule.effect === 'deny').flatMap((rule) => denials(rule, wish, known));
  const allowing = rules
    .filter((rule) => rule.effect === 'allow')
    .map((rule) => ({
      rule,
      unmet: unmetConditions(rule, wish, nowMs),
      scope: scopeOf(rule, wish, known, covers),
    }));

  const counting = new Set<AllowRule>();
  const failing = new Set<AllowRule>();
  const uncovered: PolicyReason[] = [];
  wish.resources.forEach((resource, at) => {
    const bare: string[] = [];
    const unsure: string[] = [];
    for (const { id } of wish.principals) {
      const about = allowing.filter(
        ({ scope }) => scope.resources.has(at) && scope.principals.get(id) === 'yes',
      );
      const first = about.find(({ unmet }) => unmet.length === 0);
      if (first !== undefined) counting.add(first.rule);
      else if (about.length > 0) for (const { rule } of about) failing.add(rule);
      else if (
        allowing.some(({ scope }) => scope.resources.has(at) && scope.principals.get(id) === 'unknown')
      ) {
        unsure.push(id);
      } else bare.push(id);
    }
    const named = `${resource.resourceType} ${resource.resourceId}`;
    if (bare.length > 0) {
      const message = `No rule of the policy lets you share ${named} with ${listed(bare)}.`;
      uncovered.push({ pointer: `/resources/${at}`, code: 'not-allowed', message });
    }
    if (unsure.length > 0) uncovered.push(directoryUnknown(at, unsure));
  });

  const unmet = allowing.filter(({ rule }) => failing.has(rule)).flatMap((one) => one.unmet);
  const reasons = [...denied, ...uncovered, ...unmet];
  if (reasons.length > 0) return { is: 'refused', reasons };
  const inOrder = allowing.map(({ rule }) => rule).filter((rule) => counting.has(rule));
  return {
    is: 'allowed',
    rules: inOrder.map(({ name }) => name),
    approvals: mergedApprovals(inOrder.flatMap(({ approval }) => (approval === 'auto' ? [] : approval))),
    endMs: endUnder(inOrder, wish, nowMs),
  };
}

/** Which resources of a wish a rule means, by place in it, and which principals. */
function scopeOf(
  rule: Rule,
  wish: Wish,
  known: KnownDirectory | null,
  about: typeof covers,
): { resources: Set<number>; principals: Map<string, Meant> } {
  return {
    resources: new Set(wish.resources.flatMap((resource, at) => (isMeant(rule.what, resource) ? [at] : []))),
    principals: new Map(
      wish.principals.map((principal) => [principal.id, about(rule.whom, principal, known)]),
    ),
  };
}

function denials(rule: DenyRule, wish: Wish, known: KnownDirectory | null): PolicyReason[] {
  const { resources, principals } = scopeOf(rule, wish, known, touches);
  const those = (meant: Meant) => [...principals].flatMap(([id, its]) => (its === meant ? [id] : []));
  const touched = those('yes');
  const unsure = those('unknown');
  return [...resources].flatMap((at): PolicyReason[] => [
    ...(touched.length === 0
      ? []
      : [
          {
            pointer: `/resources/${at}`,
            code: 'denied' as const,
            message: `The rule "${rule.name}" denies sharing this with ${listed(touched)}: ${rule.because}`,
          },
        ]),
    ...(unsure.length === 0 ? [] : [directoryUnknown(at, unsure)]),
  ]);
}

function directoryUnknown(at: number, ids: readonly string[]): PolicyReason {
  return {
    pointer: `/resources/${at}`,
    code: 'directory-unknown',
    message: `Whether the policy lets this be shared with ${listed(ids)} depends on the resource directory, whose last reading does not tell. Wait for the next one, or check the ids.`,
  };
}

const IDS_TOLD_MAX = 5;

function listed(ids: readonly string[]): string {
  const more = ids.length - IDS_TOLD_MAX;
  return `${ids.slice(0, IDS_TOLD_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
