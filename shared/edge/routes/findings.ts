import { ROLES } from '../../domain/sharing/person';
import { listFindings, listSweeps } from '../../flow/look-findings';
import { findingView, sweepView } from '../representation';
import { replied, route, type Route } from '../route';
import { pageQuery } from '../schemas/page';

export const findingRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/findings',
    may: ROLES,
    summary: 'What the sweeps found',
    pages: 'newest-first',
    query: pageQuery,
    says: 'FindingPage',
    async answer({ desk, query }, person) {
      const listed = await listFindings(desk, person, query);
      if (!listed.ok) return listed;
      return replied({ findings: listed.value.findings.map(findingView), next: listed.value.next });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/sweeps',
    may: ROLES,
    summary: 'What each sweep read, and what it could not',
    pages: 'by-id',
    query: pageQuery,
    says: 'SweepPage',
    async answer({ desk, query }, person) {
      const listed = await listSweeps(desk, person, query);
      if (!listed.ok) return listed;
      return replied({ sweeps: listed.value.sweeps.map(sweepView), next: listed.value.next });
    },
  }),
];
