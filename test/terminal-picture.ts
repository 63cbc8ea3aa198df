/** What a terminal shows, as a picture: an SVG that needs no other file, in the colours of the reader's browser. */

const CELL = {width: 8.4, height: 18} as const
const PADDING = 16
/** The SGR codes that `render` knows: what each switches on (a class of STYLE), or off. */
const ON: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
}
const OFF: ReadonlySet<string> = new Set(['22', '39'])
const PIECES = /\u001b\[(\d+)m|([^\u001b]+)/g

const STYLE = `
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: #1f2328; }
  .screen { fill: #ffffff; stroke: #d1d9e0; }
  .bold { font-weight: bold; }
  .dim { fill: #59636e; }
  .red { fill: #cf222e; }
  .green { fill: #1a7f37; }
  .yellow { fill: #9a6700; }
  .cyan { fill: #0b6e80; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .screen { fill: #0d1117; stroke: #3d444d; }
    .dim { fill: #9198a1; }
    .red { fill: #ff7b72; }
    .green { fill: #3fb950; }
    .yellow { fill: #d29922; }
    .cyan { fill: #56d4dd; }
  }`

/** `screen`: what was printed, with its escape sequences. */
export function terminalPicture(title: string, screen: string, columns: number): string {
  const lines = screen.trimEnd().split('\n')
  const [width, height] = [columns * CELL.width + 2 * PADDING, lines.length * CELL.height + 2 * PADDING]
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="screen" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...lines.flatMap((line, index) => textOf(line, PADDING + (index + 0.75) * CELL.height)),
    '</svg>',
  ].join('\n')}\n`
}

function textOf(line: string, y: number): readonly string[] {
  const spans = runsOf(line).map(spanOf)
  return spans.length === 0 ? [] : [`<text y="${y}">${spans.join('')}</text>`]
}

interface Run {
  readonly column: number
  readonly text: string
  readonly style: string
}

/** Words of one style that stand together; what two spaces part has a place of its own. */
function runsOf(line: string): readonly Run[] {
  let [column, style] = [0, '']
  const runs: Run[] = []
  for (const [piece, code, text] of line.matchAll(PIECES)) {
    if (code !== undefined) style = styleAfter(code, piece)
    else if (text !== undefined) {
      for (const {0: words, index} of text.matchAll(/\S+( \S+)*/g))
        runs.push({column: column + index, text: words, style})
      column += text.length
    }
  }
  return runs
}

function styleAfter(code: string, sequence: string): string {
  if (OFF.has(code)) return ''
  const style = ON[code]
  if (style === undefined) throw new Error(`no picture of ${JSON.stringify(sequence)}`)
  return style
}

/** As wide as its cells, whatever font the reader has. */
function spanOf({column, text, style}: Run): string {
  const [x, length] = [PADDING + column * CELL.width, text.length * CELL.width].map((each) => each.toFixed(1))
  const ofClass = style && ` class="${style}"`
  return `<tspan x="${x}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${ofClass}>${escaped(text)}</tspan>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
