/**
 * What a terminal would obey or hide: C0 but newline, DEL, C1, bidi controls, zero-width and line separators.
 * kubectl's own repair of CVE-2021-25743 covers only ESC and CR; the rest is as able to lie.
 */
const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

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
