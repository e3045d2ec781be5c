import { OWN_DIRECTORY } from '../../domain/directory/known-directory';
import { replied, type Route } from '../route';

/** For whoever watches the service: no identity needed, and nothing to learn but yes or no. */
export const healthRoutes: Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    may: 'anyone',
    answer: async () => replied({ status: 'alive' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    may: 'anyone',
    async answer(call) {
      // One small read through the same way that every flow takes; a store that does not answer throws.
      await call.env.aggregates.load('directory', OWN_DIRECTORY);
      return replied({ status: 'ready' });
    },
  },
];
