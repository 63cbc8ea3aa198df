/**
 * `npm run bench`: how long our answers take beside the bare reading of the same lists, kubectl and an empty Node, on a real
 * kube-apiserver, by turns. `--full`: 5,000 nodes and 20,000 ordinals; `--pairs N`; `--only WORDS`; `-o json`.
 */
import {parseArgs} from 'node:util'
import {startControlPlane} from '../test/control-plane/tools/control-plane.ts'
import {load} from './load.ts'
import {median, type Run, run} from './measure.ts'
import {FULL, SMALL} from './objects.ts'
import {type Task, tasksOf} from './tasks.ts'

const {values} = parseArgs({
  options: {
    full: {type: 'boolean', default: false},
    pairs: {type: 'string', default: '5'},
    only: {type: 'string', default: ''},
    output: {type: 'string', short: 'o', default: 'table'},
  },
})

const tell = (text: string) => console.error(text)

type Row = Readonly<Record<string, string | number>>

/** By turns, so that what else the machine does is the same for all of them. */
async function measured({name, ours, beside}: Task, pairs: number): Promise<readonly Row[]> {
  const commands = Object.entries({ours, ...beside})
  const runs = new Map<string, Run[]>(commands.map(([who]) => [who, []]))
  for (let pair = 0; pair < pairs; pair++) {
    for (const [who, command] of commands) runs.get(who)?.push(await run(command))
  }
  return [...runs].map(([who, all]) => row(name, who, all, runs.get('ours') ?? []))
}

function row(task: string, who: string, runs: readonly Run[], ours: readonly Run[]): Row {
  const seconds = runs.map((each) => each.seconds)
  const ratio = median(ours.map((each, pair) => each.seconds / (seconds[pair] ?? Number.NaN)))
  return {
    task,
    who,
    seconds: Number(median(seconds).toFixed(3)),
    least: Number(Math.min(...seconds).toFixed(3)),
    most: Number(Math.max(...seconds).toFixed(3)),
    MB: Math.round(median(runs.map(({megabytes}) => megabytes))),
    'ours / it': who === 'ours' ? '' : Number(ratio.toFixed(2)),
  }
}

const controlPlane = await startControlPlane({
  kwok: false,
  apiServerArgs: ['--max-requests-inflight=800', '--max-mutating-requests-inflight=400'],
})
try {
  // nothing may change or collect what is loaded
  await controlPlane.stopComponent('kube-scheduler')
  await controlPlane.stopComponent('kube-controller-manager')
  await load(controlPlane, values.full ? FULL : SMALL, tell)
  const tasks = tasksOf(controlPlane.kubeconfig).filter(({name}) => name.includes(values.only))
  const rows: Row[] = []
  for (const task of tasks) {
    tell(`timing ${task.name}`)
    rows.push(...(await measured(task, Number(values.pairs))))
  }
  if (values.output === 'json') console.log(JSON.stringify(rows, undefined, 1))
  else console.table(rows)
} finally {
  await controlPlane.stop()
}
