import type {PersistentVolume, PersistentVolumeClaim, Pod} from '../objects.ts'
import type {ClaimLack} from './lacking-claim.ts'

/** What a Pod looks for in vain, in the order in which it is looked for. */
export type Lack =
  | {readonly kind: 'Volume'; readonly volumes: Volumes}
  | {readonly kind: 'Claim'; readonly claim: PersistentVolumeClaim; readonly holder: Pod}
  | (ClaimLack & {readonly kind: 'NoClaim'})
  | (Within & {readonly kind: 'Spread'})
  | (Within & {readonly kind: 'Affinity' | 'Taint' | 'Company' | 'Ports' | 'Limit'})
  | (Within & {readonly kind: 'Room'; readonly resource: string})

/** Those that leave it only some nodes. */
type Volumes = readonly PersistentVolume[]

/** What has left it only some nodes by then. */
interface Within {
  readonly volumes: Volumes
  readonly spread?: SpreadPlaces
}

/** Where its rules about how Pods are spread would have it. */
export interface SpreadPlaces {
  readonly topologyKey: string
  readonly maxSkew: number
  /** More zones are wanted than there are. */
  readonly minDomains?: number
  /** Zones, or nodes; none where the rules can't be met anywhere. */
  readonly places: readonly string[]
}
