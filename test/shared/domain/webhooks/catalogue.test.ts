import { describe, expect, it } from 'vitest';
import { chain, STREAM_START } from '../../../../shared/domain/audit/event';
import { EVENT_CATALOGUE, EVENT_TYPES, isEventType } from '../../../../shared/domain/webhooks/catalogue';
import { messageBody } from '../../../../shared/domain/webhooks/message';

describe('the event catalogue', () => {
  it('names each type as Standard Webhooks allows, describes it, and shows an example', () => {
    expect(EVENT_TYPES).toContain('share.call_intended');
    for (const type of EVENT_TYPES) {
      expect(type).toMatch(/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/);
      expect(EVENT_CATALOGUE[type].description).toMatch(/^[A-Z].+\.$/);
      expect(Object.keys(EVENT_CATALOGUE[type].example)).not.toHaveLength(0);
    }
  });

  it('knows nothing but its own types', () => {
    expect(isEventType('request.approved')).toBe(true);
    expect(isEventType('request.Approved')).toBe(false);
    expect(isEventType('toString')).toBe(false);
  });
});

describe('a message', () => {
  const [event] = chain(
    'request/req-1',
    STREAM_START,
    [
      {
        type: 'request.denied',
        by: { kind: 'person', subject: 'https://id.example|7', name: 'Ada' },
        data: { requestId: 'req-1', comment: 'No' },
      },
    ],
    1_763_700_000_000,
  );
  if (event === undefined) throw new Error('one event in, one out');

  it('is a Standard Webhooks body and a CloudEvent at once', () => {
    expect(JSON.parse(messageBody(event))).toEqual({
      specversion: '1.0',
      id: 'evt_3582cf3444814b54e84d8295beda6c2c',
      source: 'sharekeeper',
      type: 'request.denied',
      timestamp: '2025-11-21T04:40:00.000Z',
      stream: 'request/req-1',
      number: 1,
      data: {
        requestId: 'req-1',
        comment: 'No',
        by: { kind: 'person', subject: 'https://id.example|7', name: 'Ada' },
      },
    });
  });

  it('has attributes that CloudEvents allows: lower-case names, and nothing but text and whole numbers', () => {
    const { data: _data, ...attributes } = JSON.parse(messageBody(event)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(attributes)) {
      expect(name).toMatch(/^[a-z0-9]{1,20}$/);
      expect(typeof value === 'string' || Number.isInteger(value)).toBe(true);
    }
  });

  it('keeps `by` for who did it: no type has such a field of its own', () => {
    for (const type of EVENT_TYPES) expect(EVENT_CATALOGUE[type].example).not.toHaveProperty('by');
  });
});
