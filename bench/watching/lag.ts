import {setTimeout as sleep} from 'node:timers/promises'
import type {ControlPlane} from '../../test/control-plane/tools/control-plane.ts'
import {patch} from './churn.ts'
import type {Place} from './places.ts'

/** Milliseconds after which a line is not waited for any more. */
const PATIENCE = 60_000

/** What comes out of a command, line by line. */
export interface Lines {
  /** Anything at all. */
  readonly first: Promise<void>
  /** The next line with the text in it. */
  readonly next: () => Promise<void>
}

export function linesOf(stream: NodeJS.ReadableStream, text: string): Lines {
  let waiting: (() => void) | undefined
  const next = () =>
    new Promise<void>((resolve) => {
      waiting = resolve
    })
  const first = new Promise<void>((resolve) => stream.once('data', () => resolve()))
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    if (lines.some((line) => line.includes(text))) waiting?.()
  })
  return {first, next}
}

/** What a line about that Pod, or about its set, has in it. */
export function lineAbout({namespace, pod}: Place, command: string): string {
  return command === 'status' ? `${namespace}   sts/${pod.slice(0, pod.lastIndexOf('-'))} ` : `${pod} `
}

/** Seconds from a change to its line; no longer than a minute. */
export async function lagOf(
  cluster: ControlPlane,
  marked: Place,
  turn: number,
  lines: Lines,
): Promise<number> {
  const line = lines.next()
  const at = performance.now()
  const conditions = [{type: 'Ready', status: turn % 2 === 0 ? 'False' : 'True'}]
  await patch(cluster, marked, '/status', {status: {conditions, reason: `Mark${turn}`}})
  await Promise.race([line, sleep(PATIENCE)])
  return (performance.now() - at) / 1000
}
