import {setTimeout as sleep} from 'node:timers/promises'
import type {ControlPlane} from '../../test/control-plane/tools/control-plane.ts'
import type {Place} from './places.ts'

/** So many changes are under way at a time. */
const LANES = 8

/** Changes Pods one after the other, so many a second as far as the server keeps that pace, until the signal; answers how many. */
export async function churn(
  cluster: ControlPlane,
  places: readonly Place[],
  perSecond: number,
  signal: AbortSignal,
): Promise<number> {
  const begun = performance.now()
  let [made, next] = [0, 0]
  const lane = async () => {
    while (!signal.aborted) {
      const turn = next++
      await sleep(Math.max(0, begun + (turn / perSecond) * 1000 - performance.now()))
      // a prime, so that neighbours in time are no neighbours in the list
      await change(cluster, places[(turn * 7919) % places.length] as Place, turn)
      made++
    }
  }
  await Promise.all(Array.from({length: LANES}, lane))
  return made
}

/** Of three changes one is of a label, one of an annotation that nobody reads, and one of what is shown. */
function change(cluster: ControlPlane, place: Place, turn: number): Promise<void> {
  if (turn % 3 === 0) return patch(cluster, place, '', {metadata: {labels: {turn: String(turn)}}})
  if (turn % 3 === 1) return patch(cluster, place, '', {metadata: {annotations: {turn: String(turn)}}})
  return patch(cluster, place, '/status', {status: {reason: turn % 2 === 0 ? 'Busy' : 'Idle'}})
}

/** @throws Error when the server refuses. */
export async function patch(
  {request}: ControlPlane,
  {namespace, pod}: Place,
  part: string,
  body: object,
): Promise<void> {
  const {code} = await request('PATCH', `/api/v1/namespaces/${namespace}/pods/${pod}${part}`, body)
  if (code !== 200) throw new Error(`PATCH ${pod}: ${code}`)
}
