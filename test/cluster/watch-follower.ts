import {setTimeout as sleep} from 'node:timers/promises'
import {onTestFinished, vi} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {type Following, follow} from '../../src/cluster/watch/follow.ts'
import {REAL_TIME, type Timing} from '../../src/cluster/watch/timing.ts'
import type {Need} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {connected, kubeconfig} from './fake-server.ts'
import type {WatchServer} from './watch-server.ts'

/** A clock that runs so many times as fast, without jitter, and remembers for how long it was asked to sleep. */
export function fastTime(factor = 100): Timing & {readonly sleeps: number[]} {
  const sleeps: number[] = []
  return {
    sleeps,
    now: () => performance.now() * factor,
    random: () => 0,
    sleep(milliseconds, signal) {
      sleeps.push(milliseconds)
      return sleep(milliseconds / factor, undefined, {signal})
    },
    idle: REAL_TIME.idle,
  }
}

/** The same with hands that stand still: however busy the machine is, whatever happens happens at once. */
export function stillTime(factor = 100): ReturnType<typeof fastTime> {
  return {...fastTime(factor), now: () => 0}
}

export interface Follower {
  readonly connection: Connection
  readonly snapshots: readonly ClusterSnapshot[]
  readonly notes: readonly string[]
  /** All sleeps of at least 800 ms: waits after failures, without what settling and telling take. */
  waits(): readonly number[]
  /** Its end: undefined or the error. */
  readonly end: Promise<unknown>
  stop(): void
  /** Waits until the newest snapshot has these Pods. */
  pods(...names: readonly string[]): Promise<ClusterSnapshot>
}

export const podsNeed: Need = {resource: 'pods', namespace: 'shop', isSubject: true}

interface FollowerOptions {
  readonly factor?: number
  readonly chunkSize?: number
  readonly timing?: ReturnType<typeof fastTime>
}

/** Follows `needs` on a fast clock until the test ends. */
export async function follower(
  server: Pick<WatchServer, 'url'>,
  needs: readonly Need[] = [podsNeed],
  options: Partial<Omit<Following, 'timing'>> & FollowerOptions = {},
): Promise<Follower> {
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  const controller = new AbortController()
  const snapshots: ClusterSnapshot[] = []
  const notes: string[] = []
  const timing = options.timing ?? fastTime(options.factor)
  const reading = {connection, chunkSize: options.chunkSize ?? 500, keep: projected, onProgress: () => {}}
  const end = follow(reading, needs, {
    signal: controller.signal,
    onSnapshot: (snapshot) => void snapshots.push(snapshot),
    onNote: (note) => notes.push(note),
    ...options,
    timing,
  }).catch((error: unknown) => error)
  onTestFinished(() => controller.abort())
  const pods = (...names: readonly string[]) =>
    eventually(() => {
      const newest = snapshots.at(-1)
      const seen = newest?.pods.map(({metadata}) => metadata?.name)
      if (newest && seen?.join() === names.join()) return newest
      throw new Error(`not yet: ${seen}`)
    })
  return {
    connection,
    snapshots,
    notes,
    waits: () => timing.sleeps.filter((milliseconds) => milliseconds >= 800 && milliseconds !== 1000),
    end,
    stop: () => controller.abort(),
    pods,
  }
}

export function eventually<T>(read: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(read, {interval: 2, timeout: 60_000})
}
