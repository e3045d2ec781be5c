import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Where webhooks may go. An endpoint's URL is hostile input: it must not reach anything that only we can reach.
 * `loopback: 'allow'` is the one exception, for development: plain http and any port on 127.0.0.0/8, ::1 and localhost.
 */
export type Loopback = 'allow' | 'refuse';

export interface UrlProblem {
  code: 'not-a-url' | 'too-long' | 'not-https' | 'port-refused' | 'credentials-in-url' | 'host-refused';
  message: string;
}

export const URL_LENGTH_MAX = 2_048;
const PORTS = [443] as const;

const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Everything that is wrong with a URL as it is written; what its name resolves to is checked at each delivery. */
export function urlProblems(text: string, loopback: Loopback): UrlProblem[] {
  if (text.length > URL_LENGTH_MAX) {
    return [{ code: 'too-long', message: `A webhook URL has at most ${URL_LENGTH_MAX} characters.` }];
  }
  if (!URL.canParse(text)) {
    return [
      { code: 'not-a-url', message: 'This is not a URL. It should look like https://hooks.example.com/…' },
    ];
  }
  // The parser also turns 2130706433, 0x7f.1 and ①②⑦.1 into 127.0.0.1: only what it made of them is judged.
  const url = new URL(text);
  const problems: UrlProblem[] = [];
  if (url.username !== '' || url.password !== '') {
    problems.push({ code: 'credentials-in-url', message: 'A webhook URL holds no user name or password.' });
  }
  const host = hostOf(url);
  if (loopback === 'allow' && isLoopbackHost(host)) {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') problems.push(notHttps('http or https'));
    return problems;
  }
  if (url.protocol !== 'https:') problems.push(notHttps('https'));
  else if (url.port !== '' && !PORTS.some((port) => String(port) === url.port)) {
    problems.push({ code: 'port-refused', message: `Webhooks go to port ${PORTS.join(' or ')} only.` });
  }
  const refusal = hostRefusal(host);
  if (refusal !== null) problems.push({ code: 'host-refused', message: refusal });
  return problems;
}

/** Whether an IP address is one that anybody on the internet can reach. Anything else, or no address at all: no. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // ipaddr.js takes unassigned space and ::127.0.0.1 for unicast; only 2000::/3 is given out (RFC 4291).
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST_V6);
}

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

/** The host of a parsed URL without the brackets of IPv6 and without the dot of a rooted name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && isLoopbackAddress(host));
}

function hostRefusal(host: string): string | null {
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : `${host} is not a public address.`;
  if (!host.includes('.') || host.endsWith('.localhost'))
    return `${host || 'This'} is not a public host name.`;
  // Reachable from inside Alibaba Cloud only, whatever they resolve to from elsewhere.
  if (/[-.]internal\.aliyuncs\.com$/.test(host)) return `${host} is internal to Alibaba Cloud.`;
  return null;
}

function notHttps(allowed: string): UrlProblem {
  return { code: 'not-https', message: `A webhook URL starts with ${allowed}.` };
}
