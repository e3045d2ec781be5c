import type { Person } from '../person';
import type { Who } from './policy';

/** Whether a person is meant: one of each list that is there. */
export function isOneOf(who: Who, person: Person): boolean {
  return (
    (who.roles === undefined || who.roles.some((role) => person.roles.includes(role))) &&
    (who.groups === undefined || who.groups.some((group) => person.groups.includes(group))) &&
    (who.subjects === undefined || who.subjects.includes(person.subject))
  );
}

/** The people that are meant, in words. */
export function toldWho(who: Who): string {
  const parts = [
    ...(who.roles === undefined ? [] : [`role ${who.roles.join(' or ')}`]),
    ...(who.groups === undefined ? [] : [`group ${who.groups.join(' or ')}`]),
    ...(who.subjects === undefined ? [] : [who.subjects.join(' or ')]),
  ];
  return parts.length === 0 ? 'anybody' : parts.join(', ');
}
