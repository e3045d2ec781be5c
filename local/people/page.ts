import type { Answer } from './small-server';

/** A plain page; `body` is HTML, so whatever is not ours goes through `escaped` first. */
export function page(title: string, body: string): Answer {
  const html = `<!doctype html><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem}td,th{text-align:left;padding:.2rem 1rem .2rem 0}pre{background:#f4f4f4;padding:.5rem}</style>
<h1>${escaped(title)}</h1>
${body}
`;
  return { status: 200, contentType: 'text/html; charset=utf-8', body: html };
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
