import type { Principal } from '../principal';
import type { PreflightReport, Reason, Subject } from '../preflight-report';
import type { ResourceRef } from '../resource';
import type { Facts } from './facts';
import type { Judgement, Rule } from './rule';

interface Asked {
  resources: readonly ResourceRef[];
  principals: readonly Principal[];
}

/** Every reason at once: each rule for each resource with each principal, and what it says told once. */
export function judgeAll(
  rules: readonly Rule[],
  asked: Asked,
  factsOf: (resource: ResourceRef, principal: Principal) => Facts,
  { unknownBlocks, nowMs }: { unknownBlocks: boolean; nowMs: number },
): PreflightReport {
  const facts = asked.resources.map((resource) =>
    asked.principals.map((principal) => factsOf(resource, principal)),
  );
  const reasons = rules.flatMap((rule) => reasonsBy(rule, facts, unknownBlocks));
  const outcome = reasons.some(({ blocks }) => blocks) ? 'refused' : 'clear';
  return { judgedMs: nowMs, outcome, reasons };
}

function reasonsBy(rule: Rule, facts: readonly (readonly Facts[])[], unknownBlocks: boolean): Reason[] {
  const principals = facts[0]?.length ?? 0;
  const failed = new Subjects(principals);
  const unread = new Subjects(principals);
  for (const [resourceAt, row] of facts.entries()) {
    // What is about a resource alone is the same with every principal.
    for (const [principalAt, one] of (rule.about === 'resource' ? row.slice(0, 1) : row).entries()) {
      const judgement = rule.judge(one);
      if (judgement.is === 'pass') continue;
      const subject = subjectOf(rule, judgement, resourceAt, principalAt);
      (judgement.is === 'fail' ? failed : unread).add(
        subject,
        rule.about === 'pair' ? one.principal.id : null,
      );
    }
  }
  return [
    ...reasonOf(rule, 'fail', failed.all(), rule.severity === 'refuse'),
    // Advice that could not be given is nobody's concern; a restriction that could not be checked is.
    ...(rule.severity === 'inform'
      ? []
      : reasonOf(
          rule,
          'unknown',
          unread.all(),
          rule.severity === 'refuse' && unknownBlocks && rule.unknowable !== true,
        )),
  ];
}

function reasonOf(rule: Rule, answer: Reason['answer'], subjects: Subject[], blocks: boolean): Reason[] {
  if (subjects.length === 0) return [];
  const { code, severity, sentence, fix, source } = rule;
  return [{ code, severity, answer, sentence, fix, source, blocks, subjects }];
}

function subjectOf(
  rule: Rule,
  judgement: Exclude<Judgement, { is: 'pass' }>,
  resourceAt: number,
  principalAt: number,
): Subject {
  return {
    pointer: rule.about === 'principal' ? `/principals/${principalAt}` : `/resources/${resourceAt}`,
    detail: judgement.is === 'fail' ? judgement.detail : judgement.why,
  };
}

/** The same of the same is said once; principals of one resource are said together, and not named when it is all of them. */
class Subjects {
  readonly #principals: number;
  readonly #byKey = new Map<string, Subject>();

  constructor(principals: number) {
    this.#principals = principals;
  }

  add(subject: Subject, principalId: string | null): void {
    const key = `${subject.pointer} ${subject.detail}`;
    const known = this.#byKey.get(key) ?? subject;
    this.#byKey.set(
      key,
      principalId === null ? known : { ...known, principalIds: [...(known.principalIds ?? []), principalId] },
    );
  }

  all(): Subject[] {
    return [...this.#byKey.values()].map(({ principalIds, ...subject }) =>
      principalIds === undefined || principalIds.length === this.#principals
        ? subject
        : { ...subject, principalIds },
    );
  }
}
