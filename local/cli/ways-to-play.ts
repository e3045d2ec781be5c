import type { Laptop } from './laptop';

/** What to do with a laptop that stays up: addresses, and commands that can be pasted. */
export function waysToPlay(laptop: Laptop): string {
  const { host, issuer, receiver, tablestore, cloud, estate } = laptop;
  const api = host.httpUrl('share-api');
  const control = cloud.controlUrl ?? '';
  return `
Running. Stop it with Ctrl-C; the state is kept.
  API           ${api}
  people        ${issuer.url}   (who may sign in; tokens for the asking)
  webhooks      ${receiver.url}   (what was received)
  Tablestore    ${tablestore.url}   (instance sharekeeper)
  provider      ${Object.entries(cloud.endpoints)
    .map(([regionId, url]) => `${regionId} ${url}`)
    .join('  ')}
  controls      ${control}   functions ${host.apiUrl}/__fc/functions

Ways to play:
  once             JSON='content-type: application/json'
  a token          TOKEN=$(curl -s ${issuer.url}/token -d person=Ren | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  list requests    curl -s ${api}/v1/requests -H "authorization: Bearer $TOKEN"
  wind the clock   curl -s ${control}/clock -H "$JSON" -d '{"advanceMs":86400000}'
  fire a timer     curl -s -X POST ${host.apiUrl}/__fc/timers/invitation-poller/every-minute
  be a partner     curl -s ${control}/act -H "$JSON" -d '{"act":"accept","accountId":"${estate.partners[0] ?? ''}"}'
  break a thing    curl -s ${control}/faults -H "$JSON" -d '{"action":"CreateResourceShare","fault":{"kind":"throttle"},"count":3}'
  see every call   curl -s ${control}/calls`;
}
