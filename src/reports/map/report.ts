import type {Finding} from '../../diagnosis/finding.ts'
import type {OrdinalState} from '../../model/ordinals.ts'
import type {DiskUsage} from '../../model/usage.ts'
import type {AllowedNodes} from '../../model/volume.ts'
import type {ReportHeader} from '../report.ts'

/*
 * The contract of `map -o json`. Null: there is none, or it was not seen; `omissions` and the states
 * `Missing` and `Unknown` tell the two apart. Quantities and times are the API's own strings.
 */

export interface MapReport extends ReportHeader<'MapReport'> {
  readonly workloads: readonly MappedWorkload[]
}

export interface MappedWorkload {
  /** `StatefulSet`, `Deployment`, `ReplicaSet`, or what an operator calls it. */
  readonly kind: string
  /** API group of a type that an operator brings along; absent for those of Kubernetes. */
  readonly group?: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
  /** Null where an operator does not say it. */
  readonly desiredReplicas: number | null
  readonly ordinalStart: number | null
  readonly podManagementPolicy: string | null
  readonly serviceName: string | null
  readonly ordinals: readonly MappedOrdinal[]
  readonly findings: readonly Finding[]
}

export interface MappedOrdinal {
  /** Null for a Pod of a Deployment or ReplicaSet, or without a number at the end of its name. */
  readonly ordinal: number | null
  /** What its operator says that it is among the others. */
  readonly role?: 'primary' | 'replica'
  readonly state: OrdinalState
  readonly pod: MappedPod | null
  /** A Pod that is not the set's and has the name that the ordinal needs. */
  readonly nameHeldBy: MappedPod | null
  readonly claims: readonly MappedClaim[]
  readonly node: MappedNode | null
  readonly findings: readonly Finding[]
}

export interface MappedPod {
  readonly name: string
  readonly uid: string
  /** The word in kubectl's STATUS column. */
  readonly status: string
  readonly phase: string
  readonly ready: boolean
  readonly available: boolean
  readonly terminating: boolean
  readonly containers: {readonly ready: number; readonly total: number}
  readonly restarts: number
  readonly revision: string | null
  readonly nodeName: string | null
  readonly ip: string | null
  readonly createdAt: string | null
}

export interface MappedClaim {
  /** Null for a claim that no template of the set creates. */
  readonly template: string | null
  readonly name: string
  readonly phase: 'Bound' | 'Pending' | 'Lost' | 'Missing' | 'Unknown'
  readonly terminating: boolean
  /** The Pod, or the Pod template where there is none, mounts it. */
  readonly mounted: boolean
  /** More than one Pod of the workload mounts it. */
  readonly shared: boolean
  readonly requested: string | null
  readonly capacity: string | null
  readonly storageClassName: string | null
  readonly accessModes: readonly string[]
  readonly createdAt: string | null
  readonly volume: MappedVolume | null
  readonly attachments: readonly MappedAttachment[]
  /** With `--usage`: what the kubelet of the Pod's node has measured; null where it has no figures, or did not tell. */
  readonly usage?: DiskUsage | null
}

export interface MappedVolume {
  readonly name: string
  readonly phase: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed' | 'Missing' | 'Unknown'
  readonly capacity: string | null
  readonly reclaimPolicy: string | null
  /** CSI driver, or volume plugin. */
  readonly source: string | null
  readonly allowedNodes: AllowedNodes | null
  /** Whether the node of the Pod is one of them; null without Pod on a node that was seen. */
  readonly reachesNode: boolean | null
}

export interface MappedAttachment {
  readonly nodeName: string
  readonly attached: boolean
  readonly error?: string
}

export interface MappedNode {
  readonly name: string
  /** `Missing`: the Pod is bound to a node that no longer exists. */
  readonly state: 'Present' | 'Missing' | 'Unknown'
  readonly ready: boolean | null
  readonly schedulable: boolean | null
  readonly zone: string | null
}
