import { openRoute, replied, type Route } from '../route';
import type { AnswerBody } from '../schemas/answers';

export const openApiRoutes: Route[] = [
  openRoute({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    says: 'OpenApiDocument',
    async answer({ desk }) {
      return replied(JSON.parse(await desk.openApiDocument()) as AnswerBody<'OpenApiDocument'>);
    },
  }),
];
