import type {Lack, SpreadPlaces} from '../../model/foretold/lack.ts'
import type {ClaimLack} from '../../model/foretold/lacking-claim.ts'
import {nameOf, type PersistentVolume} from '../../model/objects.ts'
import {allowedNodes} from '../../model/volume.ts'
import {few} from './words.ts'

/** What a Pod looks for in vain, in a sentence. */
export function lackText(lack: Lack): string {
  if (lack.kind === 'Claim')
    return `its claim ${nameOf(lack.claim)} is ReadWriteOncePod, and ${nameOf(lack.holder)} has it`
  if (lack.kind === 'NoClaim') return `its claim ${lack.name} ${NO_CLAIM[lack.why]}`
  if (lack.kind === 'Volume')
    return lack.volumes.length > 0
      ? reachText(lack.volumes)
      : 'no node is left on which its claims could have their volumes'
  const limits = [
    ...(lack.volumes.length > 0 ? [reachText(lack.volumes)] : []),
    ...('spread' in lack && lack.spread ? [spreadText(lack.spread)] : []),
  ]
  if (lack.kind === 'Spread') return limits.join(', and ')
  return [...limits, reasonOf(lack, limits.length > 0 ? 'there' : 'that is left')].join(', and ')
}

const NO_CLAIM: Readonly<Record<ClaimLack['why'], string>> = {
  Missing: 'does not exist, and nobody creates it',
  Unbound: 'is not bound, and nobody has made a volume for it so far',
  Lost: 'is bound to a volume that does not exist',
  Terminating: 'is being deleted, and nobody recreates it',
}

function reachText(volumes: readonly PersistentVolume[]): string {
  return few(
    volumes.map((volume) => `its volume ${nameOf(volume)} is only reachable from ${placesOf(volume)}`),
  )
}

function placesOf(volume: PersistentVolume): string {
  const {nodes, zones} = allowedNodes(volume)
  if (nodes) return few(nodes)
  return zones ? `zone ${few(zones)}` : 'nodes that its affinity names'
}

const SPREAD = 'its topologySpreadConstraints'

/** Why an empty zone keeps a Pod from others; none where no Pod is kept. */
export function spreadAssumptions(messages: readonly (string | null)[]): readonly string[] {
  return messages.some((message) => message?.includes(SPREAD))
    ? [
        'for topologySpreadConstraints a zone counts as long as one of its Nodes is there, whether or not it takes anybody',
      ]
    : []
}

function spreadText({topologyKey, maxSkew, minDomains, places}: SpreadPlaces): string {
  const rule = `${SPREAD} (maxSkew ${maxSkew} over ${topologyKey})`
  if (places.length > 0) return `${rule} leave it only ${few(places)}`
  return minDomains === undefined
    ? `${rule} leave it no node`
    : `${rule} leave it no node as long as there are fewer than ${minDomains} domains`
}

type Reason = Exclude<Lack, {readonly kind: 'Volume' | 'Claim' | 'NoClaim' | 'Spread'}>

function reasonOf(lack: Reason, where: string): string {
  switch (lack.kind) {
    case 'Affinity':
      return `no node ${where} has the labels that it wants`
    case 'Taint':
      return `every node ${where} is cordoned, or tainted against it`
    case 'Company':
      return `on every node ${where} a rule about other Pods (podAffinity, podAntiAffinity) is against it`
    case 'Ports':
      return `on every node ${where} somebody has the port that it wants`
    case 'Limit':
      return `every node ${where} has as many volumes of its driver as it takes`
    case 'Room':
      return lack.resource === 'pods'
        ? `every node ${where} has as many Pods as it takes`
        : `no node ${where} has enough ${lack.resource} left`
  }
}
