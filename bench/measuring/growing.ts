import type {Tell} from '../loading/write.ts'
import {objectsIn, type Size} from '../size.ts'
import type {Task} from '../tasks.ts'
import {run} from './process.ts'
import type {Grown} from './results.ts'
import {median} from './statistics.ts'

/** So many runs make a point of a curve. */
const RUNS = 3

/** Only ours, and no more than is wanted for a curve. */
export async function grown(tasks: readonly Task[], size: Size, tell: Tell): Promise<readonly Grown[]> {
  const points: Grown[] = []
  for (const task of tasks) {
    const point = await pointOf(task, size)
    points.push(point)
    tell(`${task.name}: ${point.seconds.toFixed(2)} s with ${point.objects} objects`)
  }
  return points
}

async function pointOf({name, ours}: Task, size: Size): Promise<Grown> {
  const runs = []
  for (let time = 0; time < RUNS; time++) runs.push(await run(ours))
  return {
    task: name,
    objects: objectsIn(size),
    seconds: median(runs.map(({seconds}) => seconds)),
    megabytes: median(runs.map(({megabytes}) => megabytes)),
  }
}
