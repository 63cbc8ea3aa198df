/** As many names as an operator reads in one line; of more, how many there are says more. */
export const FEW = 5

/** `a, b`; `a, b, c, d, e and 7 more`. `hidden` is for texts that stand for several things each. */
export function fewText(texts: readonly string[], hidden: number = texts.length - FEW): string {
  return `${texts.slice(0, FEW).join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`
}
