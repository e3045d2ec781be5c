import { listGrants } from '../../flow/look';
import { grantsView } from '../representation';
import { replied, type Route } from '../route';
import { parsedQuery } from '../schemas/field-problems';
import { pageQuery } from '../schemas/page';

export const grantRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/grants',
    may: ['approver', 'operator', 'auditor'],
    /** A page holds every grant of up to `limit` resources. */
    async answer(call, person) {
      const page = parsedQuery(pageQuery, call.req.raw);
      if (!page.ok) return page;
      const listed = await listGrants(call.env, person, page.value);
      if (!listed.ok) return listed;
      return replied({ grants: listed.value.ledgers.flatMap(grantsView), next: listed.value.next });
    },
  },
];
