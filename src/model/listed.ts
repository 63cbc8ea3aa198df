/** `a, b`; `a, b, c and 7 more`: the first few of many. `hidden` is for texts that stand for several things each. */
export function listed(texts: readonly string[], most: number, hidden: number = texts.length - most): string {
  return `${texts.slice(0, most).join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`
}
