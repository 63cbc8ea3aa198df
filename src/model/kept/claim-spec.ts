import type {V1PersistentVolumeClaimSpec} from '@kubernetes/client-node'
import type {Fields} from './projection.ts'

/** What a claim asks for. */
export const claimSpec = {
  accessModes: true,
  // named, so that `apiGroup: null`, which only JSON has, is absent in both forms
  dataSource: {apiGroup: true, kind: true, name: true},
  dataSourceRef: {apiGroup: true, kind: true, name: true, namespace: true},
  resources: true,
  selector: true,
  storageClassName: true,
  volumeAttributesClassName: true,
  volumeMode: true,
  volumeName: true,
} as const satisfies Fields<V1PersistentVolumeClaimSpec>
