import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {rankOf} from '../../src/diagnosis/causes.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {runPlugin} from '../run-plugin.ts'
import {type Ran, transcript} from '../transcript.ts'

/** What one command answers about one case. */
export interface FieldAnswer {
  readonly code: number | null
  /** Id of what it names first, above a note; `none`. */
  readonly first: string
  /** What it says about that. */
  readonly message: string
  /** All that it prints, in one line. */
  readonly text: string
  readonly transcript: string
}

const known = new Map<string, Promise<FieldAnswer>>()

/** Asked once, however many tests look at it. */
export function answerOf(folder: string, line: string): Promise<FieldAnswer> {
  const key = `${folder} ${line}`
  const answer = known.get(key) ?? ask(folder, line)
  known.set(key, answer)
  return answer
}

async function ask(folder: string, line: string): Promise<FieldAnswer> {
  const args = [...line.split(' '), '-f', existsSync(join(folder, 'cluster.yaml')) ? 'cluster.yaml' : 'files']
  const [printed, json] = [await runPlugin(args, folder), await runPlugin([...args, '-o', 'json'], folder)]
  const cause = causeIn(json)
  return {
    code: json.code,
    first: cause?.id ?? 'none',
    message: cause?.message ?? '',
    text: (printed.stdout + printed.stderr).replace(/\s+/g, ' '),
    transcript: transcript(`$ kubectl stateful ${line}`, printed),
  }
}

interface Shown {
  readonly findings?: readonly Finding[]
  readonly blockedBy?: {readonly findings: readonly Finding[]} | null
}

/** What a report names first of all that is above a note: the cause, before what stands beside it. */
function causeIn({code, stdout}: Ran): Finding | undefined {
  if (code !== 0) return undefined
  const report = JSON.parse(stdout) as Shown & Readonly<Record<string, readonly Shown[]>>
  const shown: readonly Shown[] = report.workloads ?? report.daemonSets ?? [report]
  const findings = shown
    .flatMap((each) => [...(each.blockedBy?.findings ?? []), ...(each.findings ?? [])])
    .filter(({severity}) => severity !== 'info')
  return findings.find(({id}) => rankOf(id) !== 'aside') ?? findings[0]
}
