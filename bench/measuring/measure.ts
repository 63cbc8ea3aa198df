import {cpus, totalmem} from 'node:os'
import type {ControlPlane} from '../../test/control-plane/tools/control-plane.ts'
import {openStore, withCluster} from '../cluster.ts'
import type {Tell} from '../loading/write.ts'
import type {Plan} from '../options.ts'
import type {Size} from '../size.ts'
import {type Task, tasksOf} from '../tasks.ts'
import {timed} from './by-turns.ts'
import {grown, pointsOf} from './growing.ts'
import type {Grown, Results, Row} from './results.ts'
import {startCounter} from './traffic.ts'

/** Takes what has been found so far, after each command. */
export type Keep = (soFar: Results) => void

/** Measures ours alone in the smaller clusters, and all by turns in the last one. */
export async function measure(plan: Plan, tell: Tell, keep: Keep): Promise<void> {
  const store = openStore(plan.data)
  const growth: Grown[] = []
  try {
    for (const [index, size] of plan.sizes.entries()) {
      await withCluster(store, size, plan.sizes[index - 1], tell, async (cluster) => {
        const tasks = chosen(cluster, plan)
        if (index < plan.sizes.length - 1) growth.push(...(await grown(tasks, size, tell)))
        else await compared(cluster, tasks, plan, tell, (found) => keep(withGrowth(found, growth)))
      })
    }
  } finally {
    await store.close()
  }
}

function chosen({kubeconfig}: ControlPlane, {only, without, before}: Plan): readonly Task[] {
  const tasks = tasksOf(kubeconfig, before).filter(({name}) => only.some((words) => name.includes(words)))
  return tasks.map((task) => {
    const {[without]: _, ...beside} = task.beside
    return {...task, beside}
  })
}

async function compared(
  cluster: ControlPlane,
  tasks: readonly Task[],
  {pairs, sizes}: Plan,
  tell: Tell,
  keep: (found: Omit<Results, 'growth'>) => void,
): Promise<void> {
  const surroundings = await surroundingsOf(cluster)
  const size = sizes.at(-1) as Size
  const counter = await startCounter(cluster)
  const rows: Row[] = []
  try {
    for (const task of tasks) {
      rows.push(...(await timed(task, pairs, counter, tell)))
      keep({...surroundings, size, rows})
    }
  } finally {
    counter.close()
  }
}

/** The last points of the curves stand in the table. */
function withGrowth(found: Omit<Results, 'growth'>, growth: readonly Grown[]): Results {
  return {...found, growth: [...growth, ...pointsOf(found.rows, found.size)]}
}

async function surroundingsOf(cluster: ControlPlane): Promise<Omit<Results, 'size' | 'rows' | 'growth'>> {
  const {gitVersion} = await cluster.get<{readonly gitVersion: string}>('/version')
  const processors = cpus()
  return {
    at: new Date().toISOString().slice(0, 16),
    machine: `${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB`,
    node: process.version,
    kubernetes: gitVersion,
  }
}
