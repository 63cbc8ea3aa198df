import {firstCause, type Rule} from '../finding.ts'
import {containers} from './containers.ts'
import {ended} from './ended.ts'
import {image} from './image.ts'
import {init} from './init.ts'
import {leaving} from './leaving.ts'
import {nodeLost} from './leaving-lost.ts'
import {readiness} from './readiness.ts'
import {sandbox} from './sandbox.ts'
import {sidecar} from './sidecar.ts'
import type {PodSubject} from './subject.ts'
import {unscheduled} from './unscheduled.ts'
import {volumes} from './volumes.ts'

/** Why one Pod is not at work, in triage order (causes.md 3): the first that is found explains the others. */
export const podRules: Rule<PodSubject> = firstCause([
  leaving,
  nodeLost,
  ended,
  unscheduled,
  volumes,
  sandbox,
  image,
  init,
  sidecar,
  containers,
  readiness,
])
