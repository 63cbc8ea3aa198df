/** The table of docs/faults.md: what `status` said and how it ended. */
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect} from 'vitest'

const FILE = join(import.meta.dirname, '../../docs/faults.md')
const [BEGIN, END] = ['<!-- table -->\n', '\n<!-- end of table -->']

export interface TableRow {
  readonly name: string
  readonly index: number
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
}

/** Compares the document with what was seen; with UPDATE_FAULTS it writes it there. */
export async function expectTable(rows: readonly TableRow[]): Promise<void> {
  const text = await readFile(FILE, 'utf8')
  const [start, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)]
  const written = text.slice(0, start) + tableOf(rows) + text.slice(end)
  if (process.env.UPDATE_FAULTS) await writeFile(FILE, written)
  else expect(text, 'docs/faults.md (else: UPDATE_FAULTS=1)').toBe(written)
}

function tableOf(rows: readonly TableRow[]): string {
  const lines = rows.toSorted((one, other) => one.index - other.index).map(lineOf)
  return [
    '',
    '| what answers a list of Pods | exit | the last line on stderr |',
    '|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}

function lineOf({name, stderr, code}: TableRow): string {
  const last = stderr.trimEnd().split('\n').at(-1) ?? ''
  const said = last.replace(
    /(unexpected EOF: the server closed the connection|read tcp \S+ connection reset by peer)/,
    '…',
  )
  return `| ${name} | ${code} | ${said === '' ? '' : `\`${said}\``} |`
}
