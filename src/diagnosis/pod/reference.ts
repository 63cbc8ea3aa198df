import {containerText, type PodContainer} from '../../model/containers.ts'
import {nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'

/** A Pod beside the one that a sentence is about: `agent-x`, or `kube-system/agent-x` of another namespace. */
export function otherPodText(other: Pod, pod: Pod): string {
  const namespace = namespaceOf(other)
  return namespace === namespaceOf(pod) ? nameOf(other) : `${namespace}/${nameOf(other)}`
}

/** An image by its name; of a digest the first digits, which is what a registry shows: `db@sha256:4355a46b…`. */
export function imageText(image: string | undefined): string {
  return (image ?? '<unknown>').replace(/(@sha256:[0-9a-f]{8})[0-9a-f]+$/, '$1…')
}

/** `container app of db-2`, as a sentence goes on with it. */
export function containerOf(container: PodContainer, pod: Pod): string {
  return `${containerText(container)} of ${nameOf(pod)}`
}

/** `db-2, container app`: who is affected, in parentheses behind what is wrong. */
export function inContainer(container: PodContainer, pod: Pod): string {
  return `${nameOf(pod)}, ${containerText(container)}`
}

export function podReference(pod: Pod): ObjectReference {
  return {kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod)}
}
