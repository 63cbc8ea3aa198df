import {createHash} from 'node:crypto'
import type {KubernetesObject} from '../../src/model/objects.ts'

/** An object to create, and its status, which is written by a second request. */
export interface Loaded {
  readonly path: string
  readonly object: KubernetesObject & {readonly status?: object}
}

/** A workload that owns Pods. */
export interface Owner {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly name: string
  readonly uid: string
}

export const DRIVER = 'csi.example.test'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A UUID that follows from the text, so that a cluster can be loaded in parts. */
export function uuid(text: string): string {
  const hex = sha256(text)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

const ZONES = ['europe-west1-b', 'europe-west1-c', 'europe-west1-d']

export const nodeName = (index: number): string =>
  `gke-prod-euw1-pool-${index % 7}-5f2a9c1b-${sha256(`node${index}`).slice(0, 5)}${index}`
export const zoneOf = (index: number): string => ZONES[index % ZONES.length] ?? ''
export const namespaceName = (set: number): string => `team-${set % 50}`
export const setName = (set: number): string => `postgres-cluster-${set}`
export const imageOf = (workload: string): string => `registry.example.test/team/${workload}:1.2.3`

const STARTED = Date.now()

/** Moment so many minutes before this run: an age in a report is the same in each run. */
export function minutesAgo(minutes: number): string {
  return `${new Date(STARTED - minutes * 60_000).toISOString().slice(0, 19)}Z`
}

/** When nearly everything began. */
export const LONG_AGO = minutesAgo(30 * 24 * 60)
