import {REVISION_HASH} from './known-labels.ts'
import {int64} from './labels.ts'
import {
  type ControllerRevision,
  controllerUid,
  type DaemonSet,
  isObserved,
  nameOf,
  type Pod,
} from './objects.ts'

const GENERATION_LABEL = 'pod-template-generation'
const GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation'

/**
 * The hash that Pods of the current template carry: of the set's revisions the one with the highest number
 * (constructHistory in pkg/controller/daemon/update.go, 1.20 to 1.37). Undefined while the controller has not
 * observed the newest generation, and when no revision was seen: then nobody but the controller knows.
 */
export function currentHash(
  daemonSet: DaemonSet,
  revisions: readonly ControllerRevision[],
  isLookedAt: boolean = isObserved(daemonSet),
): string | undefined {
  if (!isLookedAt) return undefined
  const newest = currentRevision(daemonSet, revisions)
  return newest && (newest.metadata?.labels?.[REVISION_HASH] ?? nameOf(newest))
}

/** Of the set's revisions the one with the highest number; that of an undo is older than the update that it began. */
export function currentRevision(
  daemonSet: DaemonSet,
  revisions: readonly ControllerRevision[],
): ControllerRevision | undefined {
  return revisions
    .filter((revision) => controllerUid(revision) === daemonSet.metadata?.uid)
    .toSorted((left, right) => right.revision - left.revision)[0]
}

/**
 * The same where revisions could not be read: what the Pods of the current template carry, which their template's
 * generation tells. Undefined where no Pod is of it, for then nobody says what its hash is.
 */
export function hashOfPods(daemonSet: DaemonSet, pods: readonly Pod[]): string | undefined {
  if (!isObserved(daemonSet)) return undefined
  const current = pods.find((pod) => isUpdated(daemonSet, pod, undefined))
  return current && (current.metadata?.labels?.[REVISION_HASH] ?? '')
}

/**
 * Whether a Pod is of the current template; undefined when the hash is not known and the Pod's template
 * generation does not tell. Mirrors IsPodUpdated in pkg/controller/daemon/util (1.25 to 1.37).
 */
export function isUpdated(daemonSet: DaemonSet, pod: Pod, hash: string | undefined): boolean | undefined {
  const generation = int64(daemonSet.metadata?.annotations?.[GENERATION_ANNOTATION])
  const labels = pod.metadata?.labels ?? {}
  if (generation !== undefined && labels[GENERATION_LABEL] === String(generation)) return true
  return hash === undefined ? undefined : labels[REVISION_HASH] === hash
}
