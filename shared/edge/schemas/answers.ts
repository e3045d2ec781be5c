import * as z from 'zod/mini';
import { findingPageAnswer, sweepPageAnswer } from './finding-answer';
import { grantAnswer, grantPageAnswer } from './grant-answer';
import { policyAnswer } from './policy-answer';
import { preflightAnswer } from './preflight-answer';
import {
  instructionsAnswer,
  invitationAnswer,
  invitationsAnswer,
  receivedResourcesAnswer,
  useAnswer,
} from './receiving-answer';
import { requestAnswer, requestPageAnswer, requestWithGrantsAnswer } from './request-answer';
import { personAnswer, principalAnswer, resourceAnswer } from './shown';
import { deliveriesAnswer, newWebhookEndpointAnswer, webhookEndpointsAnswer } from './webhook-answer';

/**
 * What the API answers, by the name under which a route says it. Routes name an entry by its type alone, so that the
 * compiler holds each answer to its schema and no function loads them.
 */
export const ANSWERS = {
  Request: requestAnswer,
  RequestWithGrants: requestWithGrantsAnswer,
  RequestPage: requestPageAnswer,
  PolicyVersion: policyAnswer,
  Preflight: preflightAnswer,
  GrantPage: grantPageAnswer,
  Invitation: invitationAnswer,
  Invitations: invitationsAnswer,
  ReceivedResources: receivedResourcesAnswer,
  Use: useAnswer,
  ReceiverInstructions: instructionsAnswer,
  FindingPage: findingPageAnswer,
  SweepPage: sweepPageAnswer,
  NewWebhookEndpoint: newWebhookEndpointAnswer,
  WebhookEndpoints: webhookEndpointsAnswer,
  Deliveries: deliveriesAnswer,
  Alive: z.strictObject({ status: z.literal('alive') }),
  OpenApiDocument: z.looseObject({ openapi: z.string() }),
  Ready: z.strictObject({ status: z.literal('ready') }),
};

/** Parts of them that have a name of their own in the document. */
export const PARTS = {
  Grant: grantAnswer,
  Person: personAnswer,
  Principal: principalAnswer,
  Resource: resourceAnswer,
};

export type AnswerName = keyof typeof ANSWERS;
export type AnswerBody<Name extends AnswerName> = z.input<(typeof ANSWERS)[Name]>;
