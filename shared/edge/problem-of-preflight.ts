import type { PreflightReport, Reason } from '../domain/sharing/preflight-report';
import type { FieldProblem } from '../flow/refusal';
import type { Words } from './problem-words';

/** Words for what the provider would refuse: everything that blocks, each with what to do and where it is documented. */
export function wordsForPreflight(report: PreflightReport): Words {
  const blocking = report.reasons.filter(({ blocks }) => blocks);
  const others = report.reasons.length - blocking.length;
  return {
    title: 'The provider would refuse this',
    detail: `${blocking.length === 1 ? 'One restriction' : `${blocking.length} restrictions`} of Alibaba Cloud stand${blocking.length === 1 ? 's' : ''} in the way.`,
    nextStep: `Do what each entry of "errors" says as "fix", or leave that part out.${others > 0 ? ' POST with ?dryRun=true tells the warnings too.' : ''}`,
    errors: blocking.flatMap(errorsOf),
  };
}

function errorsOf({ code, answer, sentence, fix, source, subjects }: Reason): FieldProblem[] {
  return subjects.map(({ pointer, detail, principalIds }) => ({
    pointer,
    code,
    message: [
      answer === 'unknown' ? `Could not be checked: ${sentence}` : sentence,
      detail,
      principalIds === undefined ? '' : `With ${named(principalIds)}.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    fix,
    source,
  }));
}

const PRINCIPALS_NAMED_MAX = 10;

function named(principalIds: readonly string[]): string {
  const more = principalIds.length - PRINCIPALS_NAMED_MAX;
  const some = principalIds.slice(0, PRINCIPALS_NAMED_MAX).join(', ');
  return more > 0 ? `${some} and ${more} more` : some;
}
