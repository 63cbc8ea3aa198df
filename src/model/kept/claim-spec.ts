import type {V1PersistentVolumeClaimSpec} from '@kubernetes/client-node'
import type {Fields} from './projection.ts'

/** What a claim asks for. */
export const claimSpec = {
  accessModes: true,
  dataSource: true,
  dataSourceRef: true,
  resources: true,
  selector: true,
  storageClassName: true,
  volumeAttributesClassName: true,
  volumeMode: true,
  volumeName: true,
} as const satisfies Fields<V1PersistentVolumeClaimSpec>
