const table = buildTable();

function buildTable(): Uint8Array {
  const entries = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
    entries[byte] = crc;
  }
  return entries;
}

/** PlainBuffer's checksum (polynomial 0x07, start 0, not reflected) carried on over one byte. */
export function crc8Byte(crc: number, byte: number): number {
  return table[(crc ^ byte) & 0xff] as number;
}

/** The checksum carried on over `bytes[from..to)`. */
export function crc8(crc: number, bytes: Uint8Array, from: number, to: number): number {
  let result = crc;
  for (let at = from; at < to; at += 1) result = table[result ^ (bytes[at] as number)] as number;
  return result;
}
