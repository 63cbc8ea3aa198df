import {cleanCell} from '../model/clean.ts'
import type {Format} from './formats.ts'
import type {Renderable} from './renderable.ts'
import type {TextOptions} from './view.ts'

/** What draws tables on a terminal; a pipe does without, and never loads it. */
export async function loadDrawing(): Promise<Pick<TextOptions, 'draw'>> {
  return {draw: (await import('./drawn.ts')).drawn}
}

/** The answer as lines without line ends. What makes them is loaded only for the format that needs it. */
export async function render(
  renderable: Renderable,
  format: Format,
  options: TextOptions,
): Promise<Iterable<string>> {
  const {report, names, sections, surroundings} = renderable
  switch (format) {
    case 'json':
      return (await import('./json.ts')).jsonPieces(report)
    case 'yaml':
      return [(await import('./yaml.ts')).toYaml(report)]
    case 'name':
      return names.map(cleanCell)
    case 'markdown': {
      const {markdownLines} = await import('./markdown.ts')
      const whole = inTicket(options)
      return markdownLines(sections(whole), whole, surroundings)
    }
    case 'html':
      return (await import('./html/index.ts')).htmlPieces(renderable, inTicket(options))
    default: {
      const {textLines} = await import('./text.ts')
      const drawing = options.width === undefined ? {} : await loadDrawing()
      return textLines(sections(options), {...options, ...drawing})
    }
  }
}

/** Neither a terminal's width nor its colours. */
function inTicket({hasNamespaces, findings}: TextOptions): TextOptions {
  const shown = findings === undefined ? {} : {findings}
  return {isColored: false, isWide: false, hasHeaders: true, hasNamespaces, ...shown}
}
