import type {Finding} from '../../diagnosis/finding.ts'
import type {Unpublished} from '../../model/identity.ts'
import type {OrdinalState} from '../../model/ordinals.ts'
import type {TemplateSpreadRule} from '../../model/spread-rules.ts'
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
  /** Where the ordinals that should exist stand; null where Pods were not seen, and for what has no ordinals. */
  readonly spread: MappedSpread | null
  readonly findings: readonly Finding[]
}

/** Places by how many ordinals need them. */
export interface MappedSpread {
  readonly zones: readonly MappedPlace[]
  /** Nodes that more than one ordinal needs. */
  readonly sharedNodes: readonly MappedPlace[]
  /** Pods on a node without zone. */
  readonly zoneless: number
  /** Pods on a node that was not seen, or is gone. */
  readonly unseen: number
  /** Ordinals that are on no node. */
  readonly unplaced: number
  /** What the Pod template asks of the scheduler, the strictest first. */
  readonly rules: readonly MappedSpreadRule[]
}

export interface MappedPlace {
  readonly name: string
  /** Pods that run there. */
  readonly pods: number
  /** Ordinals with a volume that only this place reaches; null where not all volumes were seen. */
  readonly volumes: number | null
  /** Ordinals that still have a place without it; null where not all nodes and volumes were seen. */
  readonly leaves: number | null
}

interface MappedSpreadRule extends Omit<TemplateSpreadRule, 'maxSkew'> {
  readonly maxSkew: number | null
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
  /** Null for a Pod without ordinal, and for an ordinal of which only claims are left. */
  readonly identity: MappedIdentity | null
  readonly findings: readonly Finding[]
}

/** By which name an ordinal is found in the network, and what the governing Service makes of it. */
export interface MappedIdentity {
  readonly hostname: string
  /** `db-0.db.shop.svc`; the domain of the cluster, which comes after it, no object of the API tells. */
  readonly dnsName: string | null
  /** Whether an endpoint that is ready bears the name; null where Services or EndpointSlices were not seen. */
  readonly published: boolean | null
  /** Why it is not published. */
  readonly reason: Unpublished | null
  /** Only names of headless Services are promised; of others CoreDNS serves them and kube-dns does not. */
  readonly headless: boolean | null
  readonly publishNotReadyAddresses: boolean | null
  /** Conditions of the endpoint; null without one. */
  readonly ready: boolean | null
  readonly serving: boolean | null
  readonly terminating: boolean | null
  /** All addresses that stand under the name. */
  readonly addresses: readonly string[]
  /** Whether these are those of the ordinal's Pod; null where there are none. */
  readonly ofPod: boolean | null
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
