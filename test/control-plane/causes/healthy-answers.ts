import {setTimeout as sleep} from 'node:timers/promises'
import type {Connection} from '../../../src/cluster/connection.ts'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import type {Scope} from '../../../src/model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from '../../../src/model/snapshot.ts'
import {coverageQuestion} from '../../../src/reports/coverage/question.ts'
import {mapQuestion} from '../../../src/reports/map/question.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import type {RolledWorkload} from '../../../src/reports/rollout/report.ts'
import {statusQuestion} from '../../../src/reports/status/question.ts'
import {whyQuestion} from '../../../src/reports/why/question.ts'
import type {Plural} from '../lockstep/play.ts'
import {ask, read} from './asking.ts'

/** What all questions say, one right after the other. */
export interface Answers {
  readonly workload: RolledWorkload
  /** Whatever is more than a note, and a stalledUpdate, in words. */
  readonly alarms: readonly string[]
}

const KEYS = {statefulsets: 'statefulSets', daemonsets: 'daemonSets'} as const

/** Who is asked about, and by what: everything of its namespace, and the nodes of its lane. */
interface Asked {
  readonly namespace: string
  readonly plural: Plural
  readonly name: string
  readonly lane: string
}

/** Each look asks about the set by every command, and about one Pod, one claim and one node in turn. */
async function askAll(connection: Connection, asked: Asked, look: number): Promise<Answers> {
  const {namespace, plural, name} = asked
  const all: Scope = {namespace, names: []}
  const rolling = await read(connection, rolloutQuestion, all)
  const rollout = rolloutQuestion.build(rolling, all)
  const status = statusQuestion.build(rolling, all)
  const mapped = await read(connection, mapQuestion, all)
  const [workload] = rollout.workloads
  if (!workload) throw new Error(`no workload in ${namespace}`)
  const stalled = [workload.state, ...status.workloads.map(({state}) => state)].includes('Stalled')
  const coverage = await ask(connection, coverageQuestion, all)
  const alarms = [
    ...of('rollout', rolloutQuestion.findings(rollout)),
    ...of('status', statusQuestion.findings(status)),
    ...of('map', mapQuestion.findings(mapQuestion.build(mapped, all))),
    ...of('coverage', coverageQuestion.findings(coverage)),
    ...(await whyAlarms(connection, {resource: KEYS[plural], name}, namespace)),
    ...(await inTurn(connection, asked, mapped, rolling, look)),
  ]
  return {workload, alarms: [...(stalled ? [`Stalled: ${workload.reason}`] : []), ...alarms]}
}

async function inTurn(
  connection: Connection,
  {namespace, lane}: Asked,
  {persistentVolumeClaims}: ClusterSnapshot,
  {pods, nodes}: ClusterSnapshot,
  look: number,
): Promise<readonly string[]> {
  const turns = [
    {resource: 'pods', objects: pods},
    {resource: 'persistentVolumeClaims', objects: persistentVolumeClaims},
    {resource: 'nodes', objects: nodes.filter(({metadata}) => metadata?.labels?.lane === lane)},
  ] as const
  const alarms = turns.map(async ({resource, objects}) => {
    const name = objects[look % objects.length]?.metadata?.name
    const of = resource === 'nodes' ? undefined : namespace
    return name === undefined ? [] : whyAlarms(connection, {resource, name}, of)
  })
  return (await Promise.all(alarms)).flat()
}

/** None of what is gone by now. */
async function whyAlarms(
  connection: Connection,
  asked: {readonly resource: ResourceKey; readonly name: string},
  namespace: string | undefined,
): Promise<readonly string[]> {
  const scope = {...(namespace !== undefined && {namespace}), names: [asked]}
  const snapshot = await read(connection, whyQuestion, scope)
  const isThere = snapshot[asked.resource].some(({metadata}) => metadata?.name === asked.name)
  return isThere ? of(`why ${asked.resource}`, whyQuestion.build(snapshot, scope).findings) : []
}

/** What the play does itself, and should be told. */
const DONE_ON_PURPOSE = ['sts-partition-raised-after-update', 'spread-node-majority', 'spread-zone-majority']

function of(question: string, findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({id, severity}) => severity !== 'info' && !DONE_ON_PURPOSE.includes(id))
    .map(
      ({id, severity, object, message}) =>
        `${question}: ${severity} ${id} ${object.kind} ${object.name}: ${message}`,
    )
}

const OFTEN = 300

/** Asks until it is aborted, and once more. */
export function watching(connection: Connection, asked: Asked) {
  const answers: Answers[] = []
  let isOver = false
  const run = async () => {
    for (let isLast = false; !isLast; ) {
      isLast = isOver
      answers.push(await askAll(connection, asked, answers.length))
      if (!isLast) await sleep(OFTEN)
    }
  }
  const running = run()
  // an error is for whoever waits for the end
  running.catch(() => {})
  const end = async (): Promise<readonly Answers[]> => {
    isOver = true
    await running
    return answers
  }
  return {answers, end}
}

/** Nothing is left to be done but by a person. */
export function isAtRest({workload: {state}}: Answers): boolean {
  return ['Complete', 'Held', 'Waiting'].includes(state)
}
