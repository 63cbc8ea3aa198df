import type {Companion, Task} from '../tasks.ts'
import {type Command, type Run, run} from './process.ts'
import type {Goal, Row} from './results.ts'
import {stagesOf} from './stages.ts'
import {median, spreadOf} from './statistics.ts'
import type {Counter, Traffic} from './traffic.ts'

/** One of those that take turns. */
interface Contestant {
  readonly who: string
  readonly command: Command
  readonly runs: number
  readonly goal: Goal
}

/** By turns, so that what else the machine does is the same for all of them; each is counted first, and so warm. */
export async function timed(task: Task, pairs: number, {count}: Counter): Promise<readonly Row[]> {
  const contestants = contestantsOf(task, pairs)
  const traffic = new Map<string, Traffic>()
  for (const {who, command} of contestants) traffic.set(who, await count(command))
  const runs = new Map(contestants.map(({who}) => [who, [] as Run[]]))
  for (let pair = 0; pair < pairs; pair++) {
    for (const each of contestants) {
      if (pair < each.runs) runs.get(each.who)?.push(await run(each.command))
    }
  }
  const ours = runs.get(OURS) ?? []
  const [first, ...others] = contestants.map((each) =>
    rowOf(task, each, runs.get(each.who) ?? [], ours, traffic.get(each.who) ?? NONE),
  )
  return first ? [{...first, stages: await stagesOf(task.ours, pairs)}, ...others] : []
}

/** Only ours, and no more than is wanted for a curve. */
export async function timedAlone({ours}: Task, times: number): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (let time = 0; time < times; time++) runs.push(await run(ours))
  return runs
}

const OURS = 'ours'
const NONE: Traffic = {requests: 0, bytesRead: 0}

function contestantsOf({ours, megabytes, beside}: Task, pairs: number): readonly Contestant[] {
  const goal = megabytes === undefined ? {} : {megabytes}
  const others = Object.entries(beside).map(([who, {command, ratio, runs = pairs}]: [string, Companion]) => ({
    who,
    command,
    runs: Math.min(runs, pairs),
    goal: ratio === undefined ? {} : {ratio},
  }))
  return [{who: OURS, command: ours, runs: pairs, goal}, ...others]
}

function rowOf(
  {name}: Task,
  {who, goal}: Contestant,
  runs: readonly Run[],
  ours: readonly Run[],
  traffic: Traffic,
): Row {
  const ratios = runs.map((each, pair) => (ours[pair]?.seconds ?? Number.NaN) / each.seconds)
  return {
    task: name,
    who,
    runs: runs.length,
    seconds: spreadOf(runs.map(({seconds}) => seconds)),
    cpuSeconds: median(runs.map(({cpuSeconds}) => cpuSeconds)),
    megabytes: spreadOf(runs.map(({megabytes}) => megabytes)),
    bytesOut: median(runs.map(({bytesOut}) => bytesOut)),
    ...traffic,
    ...(who !== OURS && {ratio: median(ratios)}),
    goal,
  }
}
