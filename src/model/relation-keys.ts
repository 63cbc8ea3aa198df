import {
  type EndpointSlice,
  type KubernetesObject,
  nameOf,
  namespaceOf,
  objectKey,
  type PersistentVolume,
} from './objects.ts'

/** Keys of what has one key, or none. */
export function one<T>(keyOf: (object: T) => string | undefined): (object: T) => readonly string[] {
  return (object) => {
    const key = keyOf(object)
    return key === undefined ? [] : [key]
  }
}

/** `app=web` of each label. */
export function labelKeys({metadata}: KubernetesObject): readonly string[] {
  return Object.entries(metadata?.labels ?? {}).map(([label, value]) => labelKey(label, value))
}

/** Key of what has a label of that value. */
export function labelKey(label: string, value: string): string {
  return `${label}=${value}`
}

/** The Service of a slice is its label (discovery.LabelServiceName). */
export function serviceKey(slice: EndpointSlice): string | undefined {
  const service = slice.metadata?.labels?.['kubernetes.io/service-name']
  return service === undefined ? undefined : keyIn(slice, service)
}

/** Key of the claim that a volume is kept for. */
export function claimKey({spec}: PersistentVolume): string | undefined {
  return spec?.claimRef && objectKey(spec.claimRef.namespace ?? '', spec.claimRef.name ?? '')
}

/** Compares by name. */
export function byName(left: KubernetesObject, right: KubernetesObject): number {
  return nameOf(left) < nameOf(right) ? -1 : 1
}

/** Key of what has that name in the namespace of the object. */
export function keyIn(object: KubernetesObject, name: string): string {
  return objectKey(namespaceOf(object), name)
}

/** Key of the object that an event is about. */
export function eventKey(object: {kind?: string; namespace?: string; name?: string} | undefined): string {
  return `${object?.kind}/${object?.namespace ?? ''}/${object?.name}`
}
