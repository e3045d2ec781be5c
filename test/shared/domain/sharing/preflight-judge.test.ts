import { describe, expect, it } from 'vitest';
import { judgeAll } from '../../../../shared/domain/sharing/preflight/judge';
import { failIf, type Rule } from '../../../../shared/domain/sharing/preflight/rule';
import { facts, MEMBER, NOW_MS, PARTNER, resource } from './preflight-facts';

const rule = (change: Partial<Rule>): Rule => ({
  code: 'some-rule',
  severity: 'refuse',
  about: 'pair',
  sentence: 'No.',
  fix: 'Do.',
  source: 'https://example.com',
  judge: () => failIf(true),
  ...change,
});

const asked = {
  resources: [resource('Snapshot', 's-1'), resource('Snapshot', 's-2')],
  principals: [MEMBER, PARTNER],
};

function judge(rules: Rule[], unknownBlocks = false) {
  return judgeAll(rules, asked, (one, principal) => facts({ resource: one, principal }), {
    unknownBlocks,
    nowMs: NOW_MS,
  });
}

const subjects = (change: Partial<Rule>) => judge([rule(change)]).reasons[0]?.subjects;

describe('what the rules say', () => {
  it('is said once of a resource, whoever gets it, and once of a principal, whatever it gets', () => {
    const of = (pointer: string) => ({ pointer, detail: '' });
    expect(subjects({ about: 'resource' })).toEqual([of('/resources/0'), of('/resources/1')]);
    expect(subjects({ about: 'principal' })).toEqual([of('/principals/0'), of('/principals/1')]);
  });

  it('names the principals of a pair, unless it is all of them', () => {
    expect(subjects({})).toEqual([
      { pointer: '/resources/0', detail: '' },
      { pointer: '/resources/1', detail: '' },
    ]);
    const forPartner = subjects({ judge: ({ principal }) => failIf(principal === PARTNER) });
    expect(forPartner).toEqual([
      { pointer: '/resources/0', detail: '', principalIds: [PARTNER.id] },
      { pointer: '/resources/1', detail: '', principalIds: [PARTNER.id] },
    ]);
  });

  it('refuses only by what refuses', () => {
    expect(judge([rule({ severity: 'warn' }), rule({ severity: 'inform' })]).outcome).toBe('clear');
    expect(judge([rule({})]).outcome).toBe('refused');
  });

  it('keeps quiet about advice that could not be given, and tells of restrictions that could not be checked', () => {
    const judgeUnknown = () => ({ is: 'unknown', why: 'not read' }) as const;
    const reasons = (severity: Rule['severity']) =>
      judge([rule({ severity, judge: judgeUnknown })]).reasons.map(({ answer }) => answer);
    expect([reasons('refuse'), reasons('warn'), reasons('inform')]).toEqual([['unknown'], ['unknown'], []]);
  });
});
