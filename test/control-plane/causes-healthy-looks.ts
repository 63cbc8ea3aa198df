import {setTimeout as sleep} from 'node:timers/promises'
import type {Connection} from '../../src/cluster/connection.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import type {Scope} from '../../src/model/scope.ts'
import {coverageQuestion} from '../../src/reports/coverage.ts'
import {mapQuestion} from '../../src/reports/map.ts'
import {rolloutQuestion} from '../../src/reports/rollout.ts'
import type {RolledWorkload} from '../../src/reports/rollout-report.ts'
import {statusQuestion} from '../../src/reports/status.ts'
import {whyQuestion} from '../../src/reports/why.ts'
import {ask, read} from './causes-asking.ts'
import type {Plural} from './lockstep-play.ts'

/** What all questions say, one right after the other. */
export interface Look {
  readonly workload: RolledWorkload
  /** Findings of severity error, and a standstill, in words. */
  readonly alarms: readonly string[]
}

const KEYS = {statefulsets: 'statefulSets', daemonsets: 'daemonSets'} as const

async function look(connection: Connection, namespace: string, plural: Plural, name: string): Promise<Look> {
  const all: Scope = {namespace, names: []}
  const one: Scope = {namespace, names: [{resource: KEYS[plural], name}]}
  const rolling = await read(connection, rolloutQuestion, all)
  const rollout = rolloutQuestion.build(rolling, all)
  const status = statusQuestion.build(rolling, all)
  const why = await ask(connection, whyQuestion, one)
  const [workload] = rollout.workloads
  if (!workload) throw new Error(`no workload in ${namespace}`)
  const stalled = [workload.status, ...status.workloads.map(({state}) => state)].includes('Stalled')
  const errors = [
    ...of('rollout', rolloutQuestion.findings(rollout)),
    ...of('status', statusQuestion.findings(status)),
    ...of('why', why.findings),
    ...(plural === 'statefulsets'
      ? of('map', mapQuestion.findings(await ask(connection, mapQuestion, all)))
      : of('coverage', coverageQuestion.findings(await ask(connection, coverageQuestion, all)))),
  ]
  return {workload, alarms: [...(stalled ? [`Stalled: ${workload.reason}`] : []), ...errors]}
}

function of(question: string, findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({severity}) => severity === 'error')
    .map(({id, object, message}) => `${question}: ${id} ${object.kind} ${object.name}: ${message}`)
}

const OFTEN = 300

/** Looks until it is told to stop, and once more. */
export function watching(connection: Connection, ...of: [namespace: string, plural: Plural, name: string]) {
  const looks: Look[] = []
  let isOver = false
  const run = async () => {
    for (let isLast = false; !isLast; ) {
      isLast = isOver
      looks.push(await look(connection, ...of))
      if (!isLast) await sleep(OFTEN)
    }
  }
  const running = run()
  // an error is for whoever waits for the end
  running.catch(() => {})
  const end = async (): Promise<readonly Look[]> => {
    isOver = true
    await running
    return looks
  }
  return {looks, end}
}

/** Nothing is left to be done but by a person. */
export function isAtRest({workload: {status}}: Look): boolean {
  return ['Complete', 'Held', 'Waiting'].includes(status)
}
