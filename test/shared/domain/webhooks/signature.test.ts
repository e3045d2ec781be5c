import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { secretFrom, signatureHeaders } from '../../../../shared/domain/webhooks/signature';

const OLD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NEW = secretFrom(Buffer.alloc(32, 7));

describe('signatures', () => {
  it('are those of the Standard Webhooks reference vector', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      attemptMs: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    };
    expect(signatureHeaders(message, [OLD])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are believed by the standardwebhooks package, with text in any script', () => {
    const body = '{"type":"request.created","data":{"reason":"恢复测试 “ü” 🙂"}}';
    const headers = signatureHeaders({ id: 'evt_1', attemptMs: Date.now(), body }, [OLD]);
    expect(new Webhook(OLD).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(OLD).verify(`${body} `, headers)).toThrow();
  });

  it('are the same as those that the standardwebhooks package makes', () => {
    const attemptMs = 1_763_700_000_999;
    const theirs = new Webhook(NEW).sign('evt_1', new Date(attemptMs), '{"a":1}');
    expect(signatureHeaders({ id: 'evt_1', attemptMs, body: '{"a":1}' }, [NEW])['webhook-signature']).toBe(
      theirs,
    );
  });

  it('are believed under the old and under the new secret while one replaces the other', () => {
    const body = '{"a":1}';
    const headers = signatureHeaders({ id: 'evt_1', attemptMs: Date.now(), body }, [NEW, OLD]);
    expect(new Webhook(OLD).verify(body, headers)).toEqual({ a: 1 });
    expect(new Webhook(NEW).verify(body, headers)).toEqual({ a: 1 });
  });

  it('are not made with a secret or an id that the standard does not allow', () => {
    const message = { id: 'evt_1', attemptMs: 0, body: '' };
    expect(() => signatureHeaders(message, ['whsec_c2hvcnQ='])).toThrow('24 to 64 bytes, got 5');
    expect(() => signatureHeaders(message, ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toThrow('whsec_');
    expect(() => signatureHeaders({ ...message, id: 'evt.1' }, [OLD])).toThrow('no dot');
    expect(() => secretFrom(Buffer.alloc(23))).toThrow('24 to 64 bytes, got 23');
  });
});

describe('a new secret', () => {
  it('is whsec_ and the bytes in base64', () => {
    expect(secretFrom(Buffer.alloc(24))).toBe('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  });
});
