import {REVISION_HASH} from '../known-labels.ts'
import {type ControllerRevision, controllerOf} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {adopterOf} from './sets.ts'
import {leftover, settled, type Verdict} from './verdict.ts'

/** What the controllers of StatefulSets and DaemonSets label their revisions with. */
const HASHES = ['controller.kubernetes.io/hash', REVISION_HASH]

/** Whether a ControllerRevision has lost its set. Those of other controllers are theirs. */
export function revisionVerdict(
  revision: ControllerRevision,
  relations: Relations,
): Verdict<'ControllerRevision'> | undefined {
  const {labels = {}, ownerReferences = [], creationTimestamp} = revision.metadata ?? {}
  if (!HASHES.some((label) => label in labels)) return undefined
  const verdict = ownerReferences.length > 0 ? ofOwned(revision, relations) : ofOrphan(revision, relations)
  return settled(revision, verdict, relations.snapshot, creationTimestamp)
}

function ofOwned(
  revision: ControllerRevision,
  relations: Relations,
): Verdict<'ControllerRevision'> | undefined {
  const owner = controllerOf(revision)
  if (!owner?.apiVersion.startsWith('apps/')) return undefined
  const found = relations.statefulSetWith(owner.uid) ?? relations.daemonSetWith(owner.uid)
  const isKnownKind = owner.kind === 'StatefulSet' || owner.kind === 'DaemonSet'
  return found || !isKnownKind ? undefined : leftover('OwnerGone', {sets: [owner.name]})
}

function ofOrphan(
  revision: ControllerRevision,
  relations: Relations,
): Verdict<'ControllerRevision'> | undefined {
  return adopterOf(revision, relations) === undefined ? leftover('NoOwner') : undefined
}
