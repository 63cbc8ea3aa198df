import {cpus, totalmem} from 'node:os'
import type {ControlPlane} from '../../test/control-plane/tools/control-plane.ts'
import {openStore, withCluster} from '../cluster.ts'
import type {Tell} from '../loading/write.ts'
import type {Plan} from '../options.ts'
import {objectsIn, type Size} from '../size.ts'
import {type Task, tasksOf} from '../tasks.ts'
import {timed, timedAlone} from './by-turns.ts'
import type {Grown, Results, Row} from './results.ts'
import {median} from './statistics.ts'
import {startCounter} from './traffic.ts'

/** So many runs make a point of a curve. */
const RUNS_OF_A_POINT = 3

/** Measures ours alone in the smaller clusters, and all by turns in the last one. */
export async function measure(plan: Plan, tell: Tell): Promise<Results> {
  const store = openStore(plan.data)
  const growth: Grown[] = []
  try {
    for (const [index, size] of plan.sizes.slice(0, -1).entries()) {
      const use = (cluster: ControlPlane) => grown(cluster, size, plan, tell)
      growth.push(...(await withCluster(store, size, plan.sizes[index - 1], tell, use)))
    }
    const size = plan.sizes.at(-1) as Size
    return await withCluster(store, size, plan.sizes.at(-2), tell, async (cluster) => {
      const rows = await rowsOf(cluster, plan, tell)
      return {
        ...(await surroundings(cluster)),
        size,
        rows,
        growth: [...growth, ...rows.flatMap((row) => pointOf(row, size))],
      }
    })
  } finally {
    await store.close()
  }
}

function chosen({kubeconfig}: ControlPlane, {only, without, before}: Plan): readonly Task[] {
  const tasks = tasksOf(kubeconfig, before).filter(({name}) => name.includes(only))
  return tasks.map((task) => {
    const {[without]: _, ...beside} = task.beside
    return {...task, beside}
  })
}

async function grown(cluster: ControlPlane, size: Size, plan: Plan, tell: Tell): Promise<readonly Grown[]> {
  const points: Grown[] = []
  for (const task of chosen(cluster, plan)) {
    const runs = await timedAlone(task, RUNS_OF_A_POINT)
    const seconds = median(runs.map((run) => run.seconds))
    const megabytes = median(runs.map((run) => run.megabytes))
    points.push({task: task.name, objects: objectsIn(size), seconds, megabytes})
    tell(`${task.name}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB at ${objectsIn(size)} objects`)
  }
  return points
}

async function rowsOf(cluster: ControlPlane, plan: Plan, tell: Tell): Promise<readonly Row[]> {
  const counter = await startCounter(cluster)
  const rows: Row[] = []
  try {
    for (const task of chosen(cluster, plan)) {
      for (const row of await timed(task, plan.pairs, counter)) {
        rows.push(row)
        tell(
          `${row.task}: ${row.who}: ${row.seconds.median.toFixed(2)} s, ${row.megabytes.median.toFixed(0)} MB`,
        )
      }
    }
    return rows
  } finally {
    counter.close()
  }
}

function pointOf({task, who, seconds, megabytes}: Row, size: Size): readonly Grown[] {
  if (who !== 'ours') return []
  return [{task, objects: objectsIn(size), seconds: seconds.median, megabytes: megabytes.median}]
}

async function surroundings(cluster: ControlPlane): Promise<Omit<Results, 'size' | 'rows' | 'growth'>> {
  const {gitVersion} = await cluster.get<{readonly gitVersion: string}>('/version')
  const processors = cpus()
  return {
    at: new Date().toISOString().slice(0, 16),
    machine: `${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB`,
    node: process.version,
    kubernetes: gitVersion,
  }
}
