/** Letters that are kept of one text: the API's own bound of the longest ones, messages of conditions, is as much. */
const MOST_LETTERS = 32 * 1024
const HEAD = MOST_LETTERS - 8 * 1024
const TAIL = MOST_LETTERS - HEAD - 3

/** A text of a length of which nobody can make our time or memory; of a longer one both ends. */
export function boundedText(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, HEAD)} … ${text.slice(-TAIL)}`
}
