import {int64} from './labels.ts'
import {type ControllerRevision, controllerUid, type DaemonSet, nameOf, type Pod} from './objects.ts'

const HASH_LABEL = 'controller-revision-hash'
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
): string | undefined {
  if ((daemonSet.status?.observedGeneration ?? 0) < (daemonSet.metadata?.generation ?? 0)) return undefined
  const newest = revisions
    .filter((revision) => controllerUid(revision) === daemonSet.metadata?.uid)
    .toSorted((left, right) => right.revision - left.revision)[0]
  return newest && (newest.metadata?.labels?.[HASH_LABEL] ?? nameOf(newest))
}

/**
 * Whether a Pod is of the current template; undefined when the hash is not known and the Pod's template
 * generation does not tell. Mirrors IsPodUpdated in pkg/controller/daemon/util (1.25 to 1.37).
 */
export function isUpdated(daemonSet: DaemonSet, pod: Pod, hash: string | undefined): boolean | undefined {
  const generation = int64(daemonSet.metadata?.annotations?.[GENERATION_ANNOTATION])
  const labels = pod.metadata?.labels ?? {}
  if (generation !== undefined && labels[GENERATION_LABEL] === String(generation)) return true
  return hash === undefined ? undefined : labels[HASH_LABEL] === hash
}
