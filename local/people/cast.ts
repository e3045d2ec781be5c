/** What a person may do in sharekeeper, as the `roles` claim of a token says it. */
export type Role = 'requester' | 'approver' | 'operator' | 'auditor';

export interface Person {
  sub: string;
  name: string;
  email: string;
  roles: Role[];
  /** Teams, as the `groups` claim lists them. */
  groups: string[];
}

/** The people of the development issuer, by first name. */
export const people = {
  Ren: {
    sub: 'person-ren',
    name: 'Ren Ito',
    email: 'ren@example.com',
    roles: ['requester'],
    groups: ['data'],
  },
  Mei: { sub: 'person-mei', name: 'Mei Chen', email: 'mei@example.com', roles: ['requester'], groups: [] },
  Ada: {
    sub: 'person-ada',
    name: 'Ada Novak',
    email: 'ada@example.com',
    roles: ['approver'],
    groups: ['platform'],
  },
  Bo: {
    sub: 'person-bo',
    name: 'Bo Lindqvist',
    email: 'bo@example.com',
    roles: ['requester', 'approver'],
    groups: ['platform', 'data'],
  },
  Sam: {
    sub: 'person-sam',
    name: 'Sam Okafor',
    email: 'sam@example.com',
    roles: ['approver'],
    groups: ['data'],
  },
  Olu: { sub: 'person-olu', name: 'Olu Adeyemi', email: 'olu@example.com', roles: ['operator'], groups: [] },
  Ines: {
    sub: 'person-ines',
    name: 'Ines Duarte',
    email: 'ines@example.com',
    roles: ['auditor'],
    groups: [],
  },
} satisfies Record<string, Person>;

/** Finds a person by first name, in any case. Throws a RangeError that names everybody. */
export function personNamed(name: string): Person {
  const found = Object.entries(people).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined)
    throw new RangeError(`Nobody is called ${name}; there are ${Object.keys(people).join(', ')}`);
  return found[1];
}
