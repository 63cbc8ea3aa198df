import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {env} from 'node:process'
import type {AuditEntry} from './audit-log.ts'
import type {ControlPlane} from './control-plane.ts'

const FILE = join(import.meta.dirname, '../../../docs/requests.md')
const HEAD = '| question | requests | in the large cluster | kB | in the large cluster |'
const RULE = '| --- | ---: | ---: | ---: | ---: |'

/** What a question asks an API server for. */
export interface Cost {
  /** `get /api/v1/nodes/node-a`, sorted. */
  readonly requests: readonly string[]
  /** Size of the answers as JSON. */
  readonly kilobytes: number
}

/** What these requests cost, each asked for once more: an audit log does not tell how large an answer is. */
export async function costOf({get}: ControlPlane, entries: readonly AuditEntry[]): Promise<Cost> {
  const bodies = await Promise.all(
    entries.map(({requestURI, code}) => (code === 200 ? get(requestURI) : Promise.resolve(''))),
  )
  const bytes = bodies.reduce<number>((sum, body) => sum + JSON.stringify(body).length, 0)
  const requests = entries.map(({verb, requestURI}) => `${verb} ${decodeURIComponent(requestURI)}`).toSorted()
  return {requests, kilobytes: Math.round(bytes / 1000)}
}

/** A question, and what it costs in a small and in a large cluster. */
export interface Row {
  readonly question: string
  readonly small: Cost
  readonly large: Cost
}

function line({question, small, large}: Row): string {
  const cells = [small.requests.length, large.requests.length, small.kilobytes, large.kilobytes]
  return `| \`${question}\` | ${cells.join(' | ')} |`
}

/** The numbers of each line of `docs/requests.md`, by its question; first it is written where somebody wants that. */
export function documented(rows: readonly Row[]): ReadonlyMap<string, readonly number[]> {
  const text = readFileSync(FILE, 'utf8')
  const [before = '', after = ''] = text.split(/\| question [\s\S]*\|\n/)
  if (env.UPDATE_REQUESTS)
    writeFileSync(FILE, `${before}${[HEAD, RULE, ...rows.map(line)].join('\n')}\n${after}`)
  const lines = readFileSync(FILE, 'utf8').matchAll(/^\| `(.*?)` \| (.*) \|$/gm)
  return new Map(
    [...lines].map(([, question = '', cells = '']) => [question, cells.split(' | ').map(Number)]),
  )
}
