import {DECEPTIVE} from '../model/clean.ts'

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
