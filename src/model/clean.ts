/**
 * What a terminal would obey, and what a reader can't see: C1, bidi controls, all that Unicode wants to be ignored where it is
 * not known (zero-width, joiners, fillers, tags, variation selectors but for those of pictures), line separators, and halves of
 * pairs, which are no characters. kubectl's own repair of CVE-2021-25743 covers only ESC and CR; the rest is as able to lie.
 */
const DECEPTIVE =
  '\\u007f-\\u009f\\u2028\\u2029\\ufff9-\\ufffb\\p{Bidi_Control}\\p{Surrogate}[\\p{Default_Ignorable_Code_Point}--[\\ufe0e\\ufe0f]]'
const LOST_SELECTOR = '(?<!\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]'

/** The same for what may hold no more than that, as JSON. */
export const deceptive = new RegExp(`[${DECEPTIVE}]|${LOST_SELECTOR}`, 'gv')
/** With C0 but newline. */
const UNSAFE = new RegExp(`[\\u0000-\\u0009\\u000b-\\u001f${DECEPTIVE}]|${LOST_SELECTOR}`, 'gv')

/** Nearly every text is. */
const PLAIN = /^[\n\x20-\x7e]*$/

/** Text from a cluster, a kubeconfig or a server, with everything a terminal would act on made visible. */
export function clean(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSAFE, visible)
}

/** A message of an event may have 1,024 letters, a name a quarter of that; no table is read with longer cells. */
const CELL = 1500
/** What an answer says of one thing is shorter; of what is longer both ends are printed. */
const LINE = 4000

/** One table cell: cleaned, and cut at its first line break with `...`, as kubectl's tables are. */
export function cleanCell(text: string): string {
  const given = shortened(text, CELL)
  const end = given.search(/[\f\n\r]/)
  return shortened(clean(folded(end < 0 ? given : `${given.slice(0, end)}...`)), CELL)
}

/** A sentence on one line: cleaned, without long gaps, behind which something would seem to stand by itself. */
export function cleanLine(text: string): string {
  return shortened(clean(folded(onOneLine(shortened(text, LINE)))), LINE)
}

/** What is to be copied, or to be read as it was written, on one line. */
export function cleanWhole(text: string): string {
  return clean(onOneLine(text))
}

/** A space for white space with a line break in it. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, (run) => (/[\n\r]/.test(run) ? ' ' : run))
}

/** We have no wider gaps than those between two columns. */
function folded(text: string): string {
  return text.includes('    ') ? text.replaceAll(/ {4,}/g, ' ') : text
}

/** Of a text that is longer both ends. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const tail = Math.floor(most / 4)
  return `${text.slice(0, most - tail - 3)} … ${text.slice(-tail)}`
}

/** Text without these characters at its end. No pattern: a long run of them in its middle must not cost time. */
export function withoutEnding(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x0d) return '\\r'
  if (code === 0x09) return '\\t'
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`
  if (code === 0x7f) return '^?'
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
