import { extensionOf } from '../domain/sharing/extension';
import { sees, type ShareRequest } from '../domain/sharing/request';
import { type Person } from '../domain/sharing/person';
import { ask, type AskPorts } from './ask';
import type { Stored } from './ports';
import { no, type Answer } from './refusal';
import type { Terms } from './terms';

/** A person asks for more of the same: a new request, judged like any other, that begins where the first one ends. */
export async function extend(
  ports: AskPorts,
  person: Person,
  requestId: string,
  asked: { endMs: number; reason: string; ticket: string | null },
  terms?: Terms,
): Promise<Answer<Stored<ShareRequest>>> {
  const stored = await ports.aggregates.load('request', requestId);
  if (stored === null || !sees(person, stored.doc)) {
    return no({ reason: 'not-found', what: 'request', id: requestId });
  }
  const extension = extensionOf(stored.doc, person, asked, ports.clock.nowMs());
  if (extension.is === 'refused') return no(extension.why);
  return await ask(ports, person, extension.wish, terms, { extensionOf: requestId, breakGlass: null });
}
