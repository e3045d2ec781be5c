/** Path (still encoded) and query of a request line. Not `new URL`: a path may start with `//`, or be `*`. */
export function splitUrl(url: string): { path: string; query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

/** `text` with its escapes decoded, or as it is when one of them is broken. */
export function decodedPath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
