import {attachAndMount} from './attach-and-mount.ts'
import {claims} from './claims.ts'
import {containers} from './containers.ts'
import {creation} from './creation.ts'
import {daemonSet} from './daemon-set.ts'
import {disruption} from './disruption.ts'
import type {Section} from './entry.ts'
import {expansion} from './expansion.ts'
import {failedPods} from './failed-pods.ts'
import {images} from './images.ts'
import {scheduling} from './scheduling.ts'
import {service} from './service.ts'
import {statefulSet} from './stateful-set.ts'
import {termination} from './termination.ts'

/** Every cause that a finding can name, from the set inwards to its Pods, containers and volumes. */
export const sections: readonly Section[] = [
  statefulSet,
  creation,
  termination,
  scheduling,
  failedPods,
  images,
  containers,
  attachAndMount,
  claims,
  expansion,
  service,
  daemonSet,
  disruption,
]

const TITLES = new Map(sections.flatMap(({causes}) => causes.map(({id, title}) => [id, title] as const)))

/** In a few plain words what the id of a finding means. */
export function titleOf(id: string): string | undefined {
  return TITLES.get(id)
}
