import type {Tell} from '../loading/write.ts'
import type {Companion, Task} from '../tasks.ts'
import type {Command, Run} from './process.ts'
import {run} from './process.ts'
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

const OURS = 'ours'
const RUNS_OF_STAGES = 3

/** Each is counted first, and so warm; then they take turns. */
export async function timed(
  task: Task,
  pairs: number,
  counter: Counter,
  tell: Tell,
): Promise<readonly Row[]> {
  const contestants = contestantsOf(task, pairs)
  const traffic: Traffic[] = []
  for (const {command} of contestants) traffic.push(await counter.count(command))
  tell(`${task.name}: ${contestants.map(({who}) => who).join(', ')}`)
  const runs = await inTurns(contestants, pairs)
  const stages = await stagesOf(task.ours, Math.min(pairs, RUNS_OF_STAGES))
  return contestants.map((each, index) => ({
    task: task.name,
    ...rowOf(each, runs[index] ?? [], runs[0] ?? []),
    ...(traffic[index] ?? NONE),
    ...(each.who === OURS && {stages}),
  }))
}

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

/** Runs of each, in its order. By turns, so that what else the machine does is the same for all of them. */
async function inTurns(
  contestants: readonly Contestant[],
  pairs: number,
): Promise<readonly (readonly Run[])[]> {
  const all = contestants.map((): Run[] => [])
  for (let pair = 0; pair < pairs; pair++) {
    for (const [index, {command, runs}] of contestants.entries()) {
      if (pair < runs) all[index]?.push(await run(command))
    }
  }
  return all
}

function rowOf(
  {who, goal}: Contestant,
  runs: readonly Run[],
  ours: readonly Run[],
): Omit<Row, 'task' | keyof Traffic> {
  const ratios = runs.map((each, pair) => (ours[pair]?.seconds ?? Number.NaN) / each.seconds)
  return {
    who,
    runs: runs.length,
    seconds: spreadOf(runs.map(({seconds}) => seconds)),
    cpuSeconds: median(runs.map(({cpuSeconds}) => cpuSeconds)),
    megabytes: spreadOf(runs.map(({megabytes}) => megabytes)),
    bytesOut: median(runs.map(({bytesOut}) => bytesOut)),
    ...(who !== OURS && {ratio: median(ratios)}),
    goal,
  }
}
