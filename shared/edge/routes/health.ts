import { OWN_DIRECTORY } from '../../domain/directory/known-directory';
import { openRoute, replied, type Route } from '../route';

/** For whoever watches the service: no identity needed, and nothing to learn but yes or no. */
export const healthRoutes: Route[] = [
  openRoute({
    method: 'GET',
    path: '/healthz',
    summary: 'Whether the function answers',
    says: 'Alive',
    answer: async () => replied({ status: 'alive' as const }),
  }),
  openRoute({
    method: 'GET',
    path: '/readyz',
    summary: 'Whether the store answers',
    says: 'Ready',
    async answer({ desk }) {
      // One small read through the same way that every flow takes; a store that does not answer throws.
      await desk.aggregates.load('directory', OWN_DIRECTORY);
      return replied({ status: 'ready' as const });
    },
  }),
];
