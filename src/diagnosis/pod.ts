import {nameOf, namespaceOf, type ObjectReference, type Pod} from '../model/objects.ts'

/** `Pod shop/agent-x`. */
export function podText(pod: Pod): string {
  return `Pod ${namespaceOf(pod)}/${nameOf(pod)}`
}

export function podReference(pod: Pod): ObjectReference {
  return {kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod)}
}
