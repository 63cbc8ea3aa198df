import {isCommand, plain} from './lines.ts'

/** Fewer words are a word or a name, which may stand wherever it is needed. */
const LEAST_WORDS = 5
/** Every row of these tables is about another object, of which the same may be true as of the next. */
const OBJECT_TABLE =
  /^(NAMESPACE|STATEFULSET|DAEMONSET|DEPLOYMENT|REPLICASET|WORKLOAD|ORDER|ORDINAL|POD|NODE|LINK)\b/
const HEADER = /^[A-Z][A-Z-]*( {2,}[A-Z][A-Z-]*)+$/

/**
 * Sentences that stand more than once in an answer, in the wording of the first. A sentence is what stands between two
 * columns, or between full stops, colons and semicolons, and has five words or more; how long it has been so, how often
 * and what heals it do not make it another one. Commands to copy are not sentences. Cells of one column of a table
 * whose rows are objects may be alike.
 */
export function repeated(text: string): readonly string[] {
  const seen = new Map<string, string>()
  const again = new Set<string>()
  for (const cells of units(text)) {
    for (const [key, where] of new Map(cells.map(({sentence, place}) => [keyOf(sentence), place]))) {
      const before = seen.get(key)
      if (before !== undefined && (before === '' || before !== where)) again.add(key)
      seen.set(key, where)
    }
    for (const key of twice(cells.map(({sentence}) => keyOf(sentence)))) again.add(key)
  }
  return [...again]
}

function twice(keys: readonly string[]): readonly string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index)
}

interface Unit {
  readonly sentence: string
  /** Table and column; empty outside of tables of objects. */
  readonly place: string
}

/** Line by line. */
function* units(text: string): Generator<readonly Unit[]> {
  let table: string | undefined
  for (const line of plain(text).split('\n')) {
    if (HEADER.test(line.trim())) table = OBJECT_TABLE.test(line) ? line : undefined
    else if (line === '') table = undefined
    else if (!isCommand(line)) yield unitsOf(line, table)
  }
}

function unitsOf(line: string, table: string | undefined): readonly Unit[] {
  return [...line.matchAll(/\S+(?: \S+)*/g)].flatMap(({0: cell, index}) =>
    sentencesOf(cell).map((sentence) => ({
      sentence,
      place: table === undefined ? '' : `${table} ${index}`,
    })),
  )
}

function sentencesOf(cell: string): readonly string[] {
  return cell.split(/(?<=[.:;!?])\s+/).filter((sentence) => keyOf(sentence).split(' ').length >= LEAST_WORDS)
}

function keyOf(sentence: string): string {
  return sentence
    .replaceAll(/,? \(?(for \d+\w+|needs you|heals by itself|×\d+|last \d+\w+ ago)\)?/g, '')
    .replaceAll(/[.,:;!?]+$/g, '')
    .replace(/^and /, '')
    .toLowerCase()
}
