import type {V1ObjectMeta} from '@kubernetes/client-node'
import type {Fields} from './projection.ts'

/** Annotations may hold anything, passwords as well: only those that somebody reads are kept. */
const annotations = {
  'deprecated.daemonset.template.generation': true,
  'pv.kubernetes.io/bind-completed': true,
  'storageclass.beta.kubernetes.io/is-default-class': true,
  'storageclass.kubernetes.io/is-default-class': true,
  'strimzi.io/revision': true,
  'volume.beta.kubernetes.io/storage-class': true,
  'volume.kubernetes.io/selected-node': true,
} as const

/** Metadata without what only the API's own bookkeeping needs. */
export const metadata = {
  name: true,
  namespace: true,
  uid: true,
  labels: true,
  annotations,
  creationTimestamp: true,
  generation: true,
  deletionTimestamp: true,
  deletionGracePeriodSeconds: true,
  finalizers: true,
  ownerReferences: true,
} as const satisfies Fields<V1ObjectMeta>

/** And when the object was last changed, and who did it; not what they changed. */
export const changedMetadata = {
  ...metadata,
  managedFields: {manager: true, operation: true, subresource: true, time: true},
} as const satisfies Fields<V1ObjectMeta>
