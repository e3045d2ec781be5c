import type { PolicyVersion } from './policy';

/** What stands until an operator uploads something else: a requester asks, another person agrees, nothing is for ever. */
export const DEFAULT_POLICY: PolicyVersion = {
  version: 'default-1',
  number: 0,
  uploaded: null,
  policy: {
    rules: [
      {
        name: 'anything-managed',
        effect: 'allow',
        who: { roles: ['requester'] },
        what: {},
        whom: ['anyone'],
        longestDays: 365,
        reasonCharactersMin: 10,
        ticketPattern: null,
        approval: [{ who: { roles: ['approver'] }, count: 1 }],
      },
    ],
    pendingLapsesAfterHours: 14 * 24,
    unknownBlocks: false,
    breakGlass: null,
  },
};
