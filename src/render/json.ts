/** Controls that JSON.stringify leaves as they are and a terminal or a reader's eye would obey. */
const DECEPTIVE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The report itself, indented as kubectl does. Deceptive characters are escaped; their value stays. */
export function toJson(report: object): string {
  const text = JSON.stringify(report, null, 4)
  return text.replace(DECEPTIVE, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
