import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

export const root = join(import.meta.dirname, '..')

/** The README and docs/, as paths from the root; the pages of causes, which are written from the code, are left out. */
export const documents: readonly string[] = ['README.md', ...readdirSync(join(root, 'docs')).map(inDocs)]
  .filter((path) => path.endsWith('.md') && path !== 'docs/causes.md')
  .toSorted()

function inDocs(name: string): string {
  return `docs/${name}`
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** A transcript in a document. */
export interface Shown {
  readonly document: string
  /** `console`: as a terminal of 100 columns shows it; else as a pipe gets it. */
  readonly fence: string
  readonly text: string
}

const TRANSCRIPT = /(?<=\n```)(|console)\n(\$ kubectl stateful [\s\S]*?)(?=```)/g

export function transcriptsIn(document: string): readonly Shown[] {
  return [...read(document).matchAll(TRANSCRIPT)].map(([, fence = '', text = '']) => ({
    document,
    fence,
    text,
  }))
}

/** A document with other transcripts in place of its own, in their order. */
export function withTranscripts(document: string, texts: readonly string[]): string {
  const rest = [...texts]
  return read(document).replace(TRANSCRIPT, (_, fence) => `${fence}\n${rest.shift() ?? ''}`)
}

/** What is printed, cut as a document cuts it: `...` stands for lines. Where the document shows other lines, all of it. */
export function cutAs(shown: string, printed: string): string {
  return fits(shown.split('\n'), printed.split('\n')) ? shown : printed
}

function fits([line, ...rest]: readonly string[], printed: readonly string[]): boolean {
  if (line === undefined) return printed.length === 0
  if (line !== '...') return line === printed[0] && fits(rest, printed.slice(1))
  return printed.some((_, index) => fits(rest, printed.slice(index + 1)))
}
