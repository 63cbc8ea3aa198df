import {storageClassOf} from './claim.ts'
import {targetNode} from './daemon-pods.ts'
import {mountedClaims} from './mounted-claims.ts'
import {nameOf, namespaceOf, type ObjectReference, type Pod} from './objects.ts'
import type {Relations} from './relations.ts'

/** The same text for all that points at the same object. */
export function referenceKey({kind, namespace = '', name}: ObjectReference): string {
  return `${kind}/${namespace}/${name}`
}

/** What an object can't do without, one step on: Pod → claims and node, claim → volume and class, volume → attachments → nodes. */
function standsOn(reference: ObjectReference, relations: Relations): readonly ObjectReference[] {
  const {kind, namespace = '', name} = reference
  switch (kind) {
    case 'Pod':
      return podStandsOn(relations.pod(namespace, name))
    case 'PersistentVolumeClaim':
      return claimStandsOn(namespace, name, relations)
    case 'PersistentVolume':
      return relations
        .attachmentsOf(name)
        .map((attachment) => ({kind: 'VolumeAttachment', name: nameOf(attachment)}))
    default:
      return []
  }
}

function podStandsOn(pod: Pod | undefined): readonly ObjectReference[] {
  if (!pod) return []
  const node = targetNode(pod)
  return [
    ...mountedClaims(pod).map((name) => ({
      kind: 'PersistentVolumeClaim',
      namespace: namespaceOf(pod),
      name,
    })),
    ...(node === undefined ? [] : [{kind: 'Node', name: node}]),
  ]
}

function claimStandsOn(namespace: string, name: string, relations: Relations): readonly ObjectReference[] {
  const claim = relations.claim(namespace, name)
  const volume = claim?.spec?.volumeName
  const storageClass = claim && storageClassOf(claim)
  return [
    ...(volume ? [{kind: 'PersistentVolume', name: volume}] : []),
    ...(storageClass ? [{kind: 'StorageClass', name: storageClass}] : []),
  ]
}

/** These objects and all that they stand on, by their keys. */
export function groundOf(start: readonly ObjectReference[], relations: Relations): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (reference: ObjectReference) => {
    const key = referenceKey(reference)
    if (found.has(key)) return
    found.add(key)
    for (const next of standsOn(reference, relations)) visit(next)
  }
  for (const each of start) visit(each)
  return found
}
