import { describe, expect, it } from 'vitest';
import { urlProblems } from '../../../../shared/domain/webhooks/address';
import { HOSTILE_HOSTS, HOSTILE_URLS } from './hostile';

const codes = (url: string, loopback: 'allow' | 'refuse' = 'refuse') =>
  urlProblems(url, loopback).map(({ code }) => code);

describe('a webhook URL', () => {
  it.each([
    'https://hooks.example.com/abc?key=1#part',
    'https://hooks.example.com:443/',
    'https://hooks.example.com.',
    'https://8.8.8.8/',
    'https://[2001:4860:4860::8888]/',
    'https://bücher.example/',
    'https://sharekeeper.cn-hangzhou.fcapp.run/',
  ])('may be %s', (url) => {
    expect(codes(url)).toEqual([]);
  });

  it.each(HOSTILE_HOSTS)('does not lead to %s', (host) => {
    expect(codes(`https://${host}/hook`)).toEqual(['host-refused']);
  });

  it.each(HOSTILE_URLS)('is not %s', (url, code) => {
    expect(codes(url)).toEqual([code]);
  });

  it('is told everything that is wrong with it at once', () => {
    expect(codes('http://user:secret@10.0.0.1:8080/')).toEqual([
      'credentials-in-url',
      'not-https',
      'host-refused',
    ]);
    expect(codes('https://user@localhost:8080/')).toEqual([
      'credentials-in-url',
      'port-refused',
      'host-refused',
    ]);
  });
});

describe('the exception for development', () => {
  it.each([
    'http://127.0.0.1:7300/hook',
    'http://127.8.9.10/',
    'http://[::1]:80/',
    'http://localhost:7300',
    'https://localhost:7443',
    'http://localhost./',
  ])('lets %s through when it is switched on, and not otherwise', (url) => {
    expect(codes(url, 'allow')).toEqual([]);
    expect(codes(url, 'refuse')).not.toEqual([]);
  });

  it.each([
    'http://hooks.example.com/',
    'http://10.0.0.1/',
    'https://192.168.0.1/',
    'http://[::ffff:10.0.0.1]/',
    'https://100.100.100.200/',
    'ftp://localhost/',
    'http://user@localhost/',
    'http://localhost.example.com/',
    'http://sub.localhost/',
    'http://0.0.0.0/',
  ])('opens nothing else: not %s', (url) => {
    expect(codes(url, 'allow')).not.toEqual([]);
  });
});
