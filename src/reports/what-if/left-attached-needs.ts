import {attachmentName} from '../../model/attachment-name.ts'
import {exclusiveVolumes} from '../../model/foretold/left-attached.ts'
import {ownerKindOf} from '../../model/foretold/owner.ts'
import {nameOf} from '../../model/objects.ts'
import {relate} from '../../model/relations.ts'
import type {Need, Scope} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {named} from '../needs/lists.ts'
import type {Change} from './change.ts'
import {subjectsOf} from './subjects.ts'

/** Attachments that would keep those waiting who come in the place of Pods on lost nodes. */
export function leftAttachedNeeds(change: Change, snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  if (change.action !== 'lose') return []
  const relations = relate(snapshot)
  const names = subjectsOf(snapshot, scope, change).nodes.flatMap((node) =>
    relations
      .podsOn(nameOf(node))
      .filter((pod) => ownerKindOf(pod, relations) === 'ReplicaSet')
      .flatMap((pod) => exclusiveVolumes(pod, relations))
      .flatMap((volume) => attachmentName(volume, nameOf(node)) ?? []),
  )
  return named(
    'volumeAttachments',
    names.map((name) => ({name})),
  )
}
