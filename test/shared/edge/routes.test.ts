import { expect, test } from 'vitest';
import { openApp } from '../../../shared/edge/app';
import { openIdentity } from '../../../shared/edge/identity';
import { ALL_ROUTES } from '../../../shared/edge/routes/all';

const EVERYBODY = 'requester approver operator auditor';

test('every route lets in the roles that it is meant for, and no others', () => {
  const table = ALL_ROUTES.map(({ method, path, may }) => [
    `${method} ${path}`,
    may === 'anyone' ? may : may.join(' '),
  ]);
  expect(Object.fromEntries(table)).toEqual({
    'POST /v1/requests': 'requester',
    'GET /v1/requests': EVERYBODY,
    'GET /v1/requests/:requestId': EVERYBODY,
    'POST /v1/requests/:requestId/decision': 'approver',
    'POST /v1/requests/:requestId/withdraw': 'requester',
    'POST /v1/requests/:requestId/revoke': 'requester approver operator',
    'GET /v1/grants': 'approver operator auditor',
    'GET /v1/findings': EVERYBODY,
    'GET /v1/sweeps': EVERYBODY,
    'POST /v1/requests/:requestId/extension': 'requester',
    'POST /v1/requests/:requestId/review': 'approver',
    'GET /v1/policy': EVERYBODY,
    'GET /v1/policies/:version': EVERYBODY,
    'PUT /v1/policy': 'operator',
    'GET /v1/receiving/instructions/:resourceType': EVERYBODY,
    'GET /v1/receiving/:accountId/invitations': 'approver operator auditor',
    'POST /v1/receiving/:accountId/invitations/:invitationId/accept': 'approver operator',
    'POST /v1/receiving/:accountId/invitations/:invitationId/reject': 'approver operator',
    'GET /v1/receiving/:accountId/resources': 'approver operator auditor',
    'GET /v1/receiving/:accountId/uses/:useId': 'approver operator auditor',
    'POST /v1/receiving/:accountId/disks': 'operator',
    'POST /v1/receiving/:accountId/snapshot-copies': 'operator',
    'POST /v1/receiving/:accountId/instances': 'operator',
    'POST /v1/webhook-endpoints': 'operator',
    'GET /v1/webhook-endpoints': 'operator auditor',
    'GET /v1/webhook-endpoints/:endpointId/deliveries': 'operator auditor',
    'GET /v1/deliveries': 'operator auditor',
    'GET /healthz': 'anyone',
    'GET /readyz': 'anyone',
    'GET /openapi.json': 'anyone',
  });
});

test.each(ALL_ROUTES.filter(({ may }) => may !== 'anyone').map(({ method, path }) => [method, path]))(
  '%s %s asks who is there before it does anything',
  async (method, path) => {
    const identify = openIdentity({
      issuer: 'https://idp.example',
      audience: 'sharekeeper',
      groupsClaim: 'groups',
    });
    const app = openApp(ALL_ROUTES, identify);
    // There is nothing behind the door: a route that touched it before asking would fail with a 500.
    const response = await app.request(path, { method }, { callId: '1-64f6cd87' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'token-missing', instance: '1-64f6cd87' });
  },
);
