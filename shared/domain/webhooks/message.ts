import type { StreamEvent } from '../audit/event';

/**
 * What a receiver gets: a Standard Webhooks body (`type`, `timestamp`, `data`) that is a CloudEvents 1.0 event in
 * structured JSON as well (`specversion`, `id`, `source`, and `stream` and `number` as extension attributes).
 * `data` is as the catalogue shows it, plus `by`: CloudEvents allows no object beside `data`.
 */
export function messageBody(event: StreamEvent): string {
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: 'sharekeeper',
    type: event.type,
    timestamp: new Date(event.timeMs).toISOString(),
    stream: event.stream,
    number: event.number,
    data: { ...event.data, by: event.by },
  });
}
