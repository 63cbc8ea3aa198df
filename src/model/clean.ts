/** Of no width and no shape: controls, formats, separators of lines, what Unicode says may be left out, and two blanks. */
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800\u{1d159}`
/** Signs around numbers are formats, and are seen. */
const SEEN = String.raw`\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}`
/** It only asks for a picture where there is one. */
const OF_PICTURE = String.raw`(?<!\p{Extended_Pictographic})\ufe0f`

/** What a reader does not see, or a terminal obeys, of what JSON leaves as it is. */
export const DECEPTIVE = new RegExp(String.raw`[[${UNSEEN}]--[${SEEN}\ufe0f\0-\x1f]]|${OF_PICTURE}`, 'gv')

/**
 * What a terminal would obey or hide, newline aside. kubectl's own repair of CVE-2021-25743 covers only ESC and CR; the rest is as
 * able to lie.
 */
const UNSAFE = new RegExp(String.raw`[[${UNSEEN}]--[${SEEN}\ufe0f\n]]|${OF_PICTURE}`, 'gv')

/** Text from a cluster, a kubeconfig or a server, with everything a terminal would act on made visible. */
export function clean(text: string): string {
  return text.replace(UNSAFE, visible)
}

/** One table cell: cleaned, and cut at its first line break with `...`, as kubectl's tables are. */
export function cleanCell(text: string): string {
  const end = text.search(/[\f\n\r]/)
  return clean(end < 0 ? text : `${text.slice(0, end)}...`)
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x0d) return '\\r'
  if (code === 0x09) return '\\t'
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`
  if (code === 0x7f) return '^?'
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
