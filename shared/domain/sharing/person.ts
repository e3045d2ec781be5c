/** A person as the token names them: issuer and subject together are the key, the name is for reading only. */
export interface Person {
  /** `<issuer>|<subject>`. */
  subject: string;
  name: string;
  roles: Role[];
  /** As the token lists them; the policy says what they mean. */
  groups: string[];
}

export const ROLES = ['requester', 'approver', 'operator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who holds only the role requester sees only their own requests; everybody with another role sees all. */
export function seesAll(person: Person): boolean {
  return person.roles.some((role) => role !== 'requester');
}
