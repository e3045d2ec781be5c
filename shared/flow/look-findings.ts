import type { Finding } from '../domain/findings/finding';
import type { SweepReport } from '../domain/findings/sweep';
import { ROLES, type Person } from '../domain/sharing/person';
import { ALL_FINDINGS, ALL_SWEEPS } from './finding-streams';
import type { Page } from './look';
import type { Aggregates, Lists } from './ports';
import { no, yes, type Answer } from './refusal';

interface Ports {
  aggregates: Aggregates;
  lists: Lists;
}

/** Findings, open and resolved, those that were first seen last first. For everybody who has a role. */
export async function listFindings(
  ports: Ports,
  person: Person,
  page: Page,
): Promise<Answer<{ findings: Finding[]; next: string | null }>> {
  if (person.roles.length === 0) return no({ reason: 'role-needed', needs: ROLES });
  const { ids, next } = await ports.lists.page(ALL_FINDINGS, { ...page, newestFirst: true });
  const found = await ports.aggregates.loadMany('finding', ids);
  return yes({ findings: ids.flatMap((id) => found.get(id)?.doc ?? []), next });
}

/** The newest report of each place, so that one can tell "nothing found" from "not looked". */
export async function listSweeps(
  ports: Ports,
  person: Person,
  page: Page,
): Promise<Answer<{ sweeps: SweepReport[]; next: string | null }>> {
  if (person.roles.length === 0) return no({ reason: 'role-needed', needs: ROLES });
  const { ids, next } = await ports.lists.page(ALL_SWEEPS, page);
  const found = await ports.aggregates.loadMany('sweep', ids);
  return yes({ sweeps: ids.flatMap((id) => found.get(id)?.doc ?? []), next });
}
