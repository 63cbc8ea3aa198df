import type {Arrival} from '../../model/foretold/arrivals.ts'
import type {Refusal} from '../../model/foretold/budgets.ts'
import type {Lack} from '../../model/foretold/takers.ts'
import {nameOf, namespaceOf, type PersistentVolume} from '../../model/objects.ts'
import {allowedNodes} from '../../model/volume.ts'
import type {PodFate} from './report.ts'

/** `a`, `a and b`, `a, b and 3 more`. */
export function few(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names.join('')
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`
}

/** `shop/db-0`. */
export function nameIn({namespace, name}: Pick<PodFate, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`
}

/** `1 Pod`, `2 Pods`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Who says no, with the numbers that it is about. */
export function refusalText({budgets, healthy, desired}: Refusal): string {
  const names = budgets.map((budget) => `${namespaceOf(budget)}/${nameOf(budget)}`)
  if (names.length > 1)
    return `more than one PodDisruptionBudget (${few(names)}) covers it, which no eviction survives`
  return `PodDisruptionBudget ${names[0]} refuses: ${healthy} healthy, and ${desired} must stay so`
}

/** Why no node takes a Pod; null where one does, or where that was not seen. */
export function lackText({
  finds,
  lacks,
  waitsFor,
}: Pick<Arrival, 'finds' | 'lacks' | 'waitsFor'>): string | null {
  if (waitsFor !== undefined) {
    const isByChance = finds === 'Maybe' ? ', unless this Pod is gone first' : ''
    return `it is not created: its set waits for ${waitsFor}${isByChance}`
  }
  if (finds === 'Maybe') return 'only if others leave it room'
  return finds === 'None' && lacks ? lackOf(lacks) : null
}

function lackOf(lack: Lack): string {
  if (lack.kind === 'Volume')
    return lack.volumes.length > 0
      ? reachText(lack.volumes)
      : 'no node is left on which its claims could have their volumes'
  if (lack.volumes.length === 0) return reasonOf(lack, 'that is left')
  return `${reachText(lack.volumes)}, and ${reasonOf(lack, 'there')}`
}

function reachText(volumes: readonly PersistentVolume[]): string {
  return few(
    volumes.map((volume) => `its volume ${nameOf(volume)} is only reachable from ${placesOf(volume)}`),
  )
}

function reasonOf(lack: Exclude<Lack, {readonly kind: 'Volume'}>, where: string): string {
  switch (lack.kind) {
    case 'Affinity':
      return `no node ${where} has the labels that it wants`
    case 'Taint':
      return `every node ${where} is cordoned, or tainted against it`
    case 'Company':
      return `on every node ${where} a rule about other Pods (podAffinity, podAntiAffinity) is against it`
    case 'Ports':
      return `on every node ${where} somebody has the port that it wants`
    case 'Room':
      return lack.resource === 'pods'
        ? `every node ${where} has as many Pods as it takes`
        : `no node ${where} has enough ${lack.resource} left`
  }
}

function placesOf(volume: PersistentVolume): string {
  const {nodes, zones} = allowedNodes(volume)
  if (nodes) return few(nodes)
  return zones ? `zone ${few(zones)}` : 'nodes that its affinity names'
}
