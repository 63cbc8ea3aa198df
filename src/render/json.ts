import {deceptive} from '../model/clean.ts'

const BEYOND_ASCII = /[^\n\x20-\x7e]/

/** The report itself, indented as kubectl does. Deceptive characters are escaped; their value stays. */
export function toJson(report: object): string {
  const text = JSON.stringify(report, null, 4)
  return BEYOND_ASCII.test(text) ? text.replace(deceptive, escaped) : text
}

/** One or, for a character beyond the first plane, two escapes. */
function escaped(character: string): string {
  const units = Array.from({length: character.length}, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
