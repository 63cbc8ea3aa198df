import {AnswerError} from '../cluster/errors.ts'
import {readSmallFile} from '../cluster/small-file.ts'
import {columnsOfFile, columnsOfSpec, customColumnLines} from '../render/custom-columns.ts'
import type {Template} from '../render/formats.ts'
import {parseTemplate} from '../render/jsonpath/parse.ts'
import {jsonPathLists, jsonPathPieces} from '../render/jsonpath/print.ts'
import {told} from './template-errors.ts'

/** What prints a report as a template says. */
export interface Printer {
  /** It is asked of each row, not of the report. */
  readonly needsRows: boolean
  /** Pieces of text that follow each other without line ends. @throws AnswerError */
  readonly pieces: (report: object, rows: () => readonly object[]) => Iterable<string>
}

/** Printer of a template, or of the file that holds it. @throws AnswerError in kubectl's words */
export function printerOf({format, text}: Template, hasHeaders: boolean): Printer {
  switch (format) {
    case 'custom-columns':
    case 'custom-columns-file': {
      const isFile = format === 'custom-columns-file'
      const columns = told(() => (isFile ? columnsOfFile(read(text, 'template')) : columnsOfSpec(text)))
      const lines = (rows: readonly object[]) =>
        told(() => [...customColumnLines(columns, rows, hasHeaders)].map((line) => `${line}\n`))
      return {needsRows: true, pieces: (_, rows) => lines(rows())}
    }
    default: {
      const template = format === 'jsonpath-file' ? read(text, '--template') : text
      const nodes = told(
        () => parseTemplate(template),
        (reason) => `error parsing jsonpath ${template}, ${reason}`,
      )
      const print = format === 'jsonpath-as-json' ? jsonPathLists : jsonPathPieces
      const inWords = (reason: string) =>
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${reason}`
      return {needsRows: false, pieces: (report) => told(() => [...print(nodes, report)], inWords)}
    }
  }
}

function read(file: string, what: string): string {
  try {
    return readSmallFile(file).toString('utf8')
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT' ? 'no such file or directory' : code === 'EISDIR' ? 'is a directory' : message
    throw new AnswerError(`error: error reading ${what} ${file}, open ${file}: ${reason}`)
  }
}
