import type { Route } from '../route';
import { findingRoutes } from './findings';
import { grantRoutes } from './grants';
import { healthRoutes } from './health';
import { openApiRoutes } from './openapi';
import { policyRoutes } from './policy';
import { receivingRoutes } from './receiving';
import { requestRoutes } from './requests';
import { webhookRoutes } from './webhooks';

/** The whole API. */
export const ALL_ROUTES: readonly Route[] = [
  ...requestRoutes,
  ...policyRoutes,
  ...grantRoutes,
  ...receivingRoutes,
  ...findingRoutes,
  ...webhookRoutes,
  ...healthRoutes,
  ...openApiRoutes,
];
