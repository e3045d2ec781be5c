/** Whether a URL's host is this machine itself, told by its literal: names other than `localhost` are not looked up. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}
