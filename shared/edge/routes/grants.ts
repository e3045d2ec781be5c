import { listGrants } from '../../flow/look';
import { grantsView } from '../representation';
import { replied, route, type Route } from '../route';
import { pageQuery } from '../schemas/page';

export const grantRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/grants',
    may: ['approver', 'operator', 'auditor'],
    summary: 'Who has what, by resource',
    notes: 'A page holds every grant of up to `limit` resources.',
    pages: 'by-id',
    query: pageQuery,
    says: 'GrantPage',
    async answer({ desk, query }, person) {
      const listed = await listGrants(desk, person, query);
      if (!listed.ok) return listed;
      return replied({ grants: listed.value.ledgers.flatMap(grantsView), next: listed.value.next });
    },
  }),
];
