import type {ResourceKey} from '../../model/snapshot.ts'
import {firstCause, type Rule} from '../finding.ts'
import {init} from './containers/init.ts'
import {readiness} from './containers/readiness.ts'
import {sandbox} from './containers/sandbox.ts'
import {sidecar} from './containers/sidecar.ts'
import {containers} from './containers/waiting.ts'
import {finished} from './failed/failed.ts'
import {image} from './images/images.ts'
import {scheduling} from './scheduling/scheduling.ts'
import type {PodSubject} from './subject.ts'
import {nodeLost} from './terminating/node-lost.ts'
import {terminating} from './terminating/terminating.ts'
import {volumes} from './volumes/volumes.ts'

/** Why one Pod is not at work, in triage order (causes.md 3): the first that is found explains the others. */
export const podRules: Rule<PodSubject> = firstCause([
  terminating,
  nodeLost,
  finished,
  scheduling,
  volumes,
  sandbox,
  image,
  init,
  sidecar,
  containers,
  readiness,
])

/** Kinds of which a rule about a Pod looks at more than the Pod. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'daemonSets',
  'events',
  'nodes',
  'persistentVolumeClaims',
  'persistentVolumes',
  'pods',
  'statefulSets',
  'storageClasses',
  'volumeAttachments',
] as const satisfies readonly ResourceKey[]
