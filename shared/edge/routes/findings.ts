import { ROLES } from '../../domain/sharing/request';
import { listFindings, listSweeps } from '../../flow/look-findings';
import { findingView, sweepView } from '../representation';
import { replied, type Route } from '../route';
import { parsedQuery } from '../schemas/field-problems';
import { pageQuery } from '../schemas/page';

export const findingRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/findings',
    may: ROLES,
    async answer(call, person) {
      const page = parsedQuery(pageQuery, call.req.raw);
      if (!page.ok) return page;
      const listed = await listFindings(call.env, person, page.value);
      if (!listed.ok) return listed;
      return replied({ findings: listed.value.findings.map(findingView), next: listed.value.next });
    },
  },
  {
    method: 'GET',
    path: '/v1/sweeps',
    may: ROLES,
    async answer(call, person) {
      const page = parsedQuery(pageQuery, call.req.raw);
      if (!page.ok) return page;
      const listed = await listSweeps(call.env, person, page.value);
      if (!listed.ok) return listed;
      return replied({ sweeps: listed.value.sweeps.map(sweepView), next: listed.value.next });
    },
  },
];
