import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const LINE_LIMIT_CHARACTERS = 1024 * 1024;

/**
 * Calls `take` with each line of a stream. Lines end at `\n` alone, because a carriage return stands for a line break
 * inside a log entry; an endless line is cut.
 */
export function eachLine(stream: Readable, take: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length > LINE_LIMIT_CHARACTERS) {
      take(rest);
      rest = '';
    }
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}
