/**
 * Whether a text as a whole fits a pattern: `*` is any run of characters, `#` is one digit, all else is itself.
 * Not a regular expression: these take no more than the product of both lengths, whoever wrote them.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let lastStar = -1;
  let starReached = 0;
  while (inText < text.length) {
    if (pattern[inPattern] === '*') {
      lastStar = inPattern++;
      starReached = inText;
    } else if (fitsOne(pattern[inPattern], text[inText])) {
      inPattern++;
      inText++;
    } else if (lastStar >= 0) {
      inPattern = lastStar + 1;
      inText = ++starReached;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}

function fitsOne(wanted: string | undefined, found: string | undefined): boolean {
  if (wanted === '#') return found !== undefined && found >= '0' && found <= '9';
  return wanted === found;
}
