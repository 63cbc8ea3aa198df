import {spawn} from 'node:child_process'
import {setTimeout as sleep} from 'node:timers/promises'
import type {ControlPlane} from '../../test/control-plane/tools/control-plane.ts'
import {median} from '../measuring/statistics.ts'
import {churn} from './churn.ts'
import {type Lines, lagOf, lineAbout, linesOf} from './lag.ts'
import type {Place} from './places.ts'
import {cpuOf, residentOf, waitedOf} from './use-of.ts'

export interface Trial {
  readonly cluster: ControlPlane
  /** `bin/run.js` of some build. */
  readonly run: string
  readonly command: string
  readonly places: readonly Place[]
  readonly seconds: number
  readonly perSecond: number
}

/** How often memory is looked at, and the marked Pod changes, in milliseconds. */
const LOOK = 5000

/** One `--watch` of one command while Pods change all the time: a row of a table. */
export async function endured(trial: Trial, tell: (text: string) => void): Promise<object> {
  const {cluster, run, command, places} = trial
  const since = cluster.auditLogSize()
  const child = spawn(process.execPath, [run, command, '-A', '--watch'], {
    env: {...process.env, KUBECONFIG: cluster.kubeconfig},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  process.once('exit', () => child.kill())
  const marked = markedOf(places, command)
  const lines = linesOf(child.stdout, lineAbout(marked, command))
  await lines.first
  await sleep(LOOK)
  const stop = new AbortController()
  const others = places.filter((place) => place !== marked)
  const churning = churn(cluster, others, trial.perSecond, stop.signal)
  const found = await looks(trial, marked, lines, child.pid ?? 0, tell)
  stop.abort()
  const made = await churning
  child.kill('SIGINT')
  await ended
  return {command, run, ...summary(found, made), ...requestsOf(cluster, since)}
}

/** The last Pod of the kind that the command is about. */
function markedOf(places: readonly Place[], command: string): Place {
  const isOfDaemon = ({namespace}: Place) => namespace === 'kube-system'
  return places.findLast((place) => isOfDaemon(place) === (command === 'coverage')) as Place
}

interface Look {
  readonly second: number
  readonly megabytes: number
  readonly lag: number
  readonly cpuSeconds: number
  readonly waited: number
}

async function looks(
  {cluster, seconds}: Trial,
  marked: Place,
  lines: Lines,
  pid: number,
  tell: (text: string) => void,
): Promise<readonly Look[]> {
  const [begun, idle, idled] = [performance.now(), cpuOf(pid), waitedOf(pid)]
  const since = (at: number) => (performance.now() - at) / 1000
  const found: Look[] = []
  for (let turn = 0; since(begun) < seconds; turn++) {
    const at = performance.now()
    const lag = await lagOf(cluster, marked, turn, lines)
    await sleep(Math.max(0, LOOK - (performance.now() - at)))
    const look = {
      second: since(begun),
      megabytes: residentOf(pid),
      lag,
      cpuSeconds: cpuOf(pid) - idle,
      waited: waitedOf(pid) - idled,
    }
    found.push(look)
    tell(`${look.second.toFixed()} s: ${look.megabytes.toFixed()} MB, lag ${lag.toFixed(2)} s`)
  }
  return found
}

function summary(found: readonly Look[], made: number) {
  const lags = found.map(({lag}) => lag)
  const last = found.at(-1)
  return {
    'changes / s': Math.round(made / (last?.second ?? 1)),
    'MB each minute': eachMinute(found).join(' '),
    'CPU s': Number((last?.cpuSeconds ?? 0).toFixed(1)),
    'ms / change': Number((((last?.cpuSeconds ?? 0) * 1000) / made).toFixed(2)),
    'waited s': Number((last?.waited ?? 0).toFixed(1)),
    'lag s': Number(median(lags).toFixed(2)),
    'most s': Number(Math.max(...lags).toFixed(2)),
  }
}

/** Memory at the beginning and at the end of each minute. */
function eachMinute(found: readonly Look[]): readonly number[] {
  const minutes = Map.groupBy(found, ({second}) => Math.floor(second / 60))
  const ends = [...minutes.values()].map((looks) => looks.at(-1))
  return [found[0], ...ends].map((look) => Math.round(look?.megabytes ?? 0))
}

/** What was asked for, pages of one list as one. */
function requestsOf(cluster: ControlPlane, since: number) {
  const ours = cluster.auditLog(since).filter(({userAgent}) => userAgent.startsWith('kubectl-stateful/'))
  const whole = ours.filter(({requestURI}) => !requestURI.includes('continue='))
  const count = (verb: string) => whole.filter((entry) => entry.verb === verb).length
  return {lists: count('list'), gets: count('get'), watches: count('watch')}
}
