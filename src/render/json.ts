/** Controls that JSON.stringify leaves as they are and a terminal or a reader's eye would obey. */
export const DECEPTIVE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** The report itself, indented as kubectl does. Deceptive characters are escaped; their value stays. */
export function toJson(report: object): string {
  const text = JSON.stringify(report, null, 4)
  return text.replace(DECEPTIVE, escaped)
}

/** One or, for a character beyond the first plane, two escapes. */
function escaped(character: string): string {
  const units = Array.from({length: character.length}, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
