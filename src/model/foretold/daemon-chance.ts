import {listed} from '../listed.ts'
import type {Pod} from '../objects.ts'
import type {DaemonFacts} from '../rollout/daemon-facts.ts'
import type {Candidate, Choice, NextStep, Wait} from '../rollout/next-step.ts'
import {atWork} from './born.ts'
import type {Chance, Fates, Round} from './course.ts'
import {acted, bornDaemon, type DaemonWorld, daemonFactsOf, downIn} from './daemon-world.ts'

/** Whom the update comes to next is chance, as far as there is room: the order of a Go map. */
export function isDraw({choose, chooseAlso}: NextStep, {budget}: DaemonFacts): boolean {
  if (!budget || !choose || chooseAlso) return false
  const action = budget.mode === 'maxSurge' ? 'Create' : 'Delete'
  const [one] = choose.from
  return (
    choose.action === action &&
    choose.count <= budget.limit &&
    budget.ledger.some(({node, why}) => why === 'candidate' && node === one?.nodeName)
  )
}

/** A pick, and what comes of it. */
export interface Drawn {
  readonly round: Round
  readonly world: DaemonWorld
  readonly chance?: Chance
}

/**
 * All that comes of a pick which is repeated as long as there is room. Who comes to nothing keeps the room that he has: if those
 * are picked first nobody else is, and if they are picked last all others are. The world is the latter. `atOnce`: so many were
 * picked while there was more room.
 */
export function drawn(choose: Choice, world: DaemonWorld, fates: Fates, atOnce: number): Drawn {
  const {from, action} = choose
  const room = roomIn(world)
  const good = from.filter(({nodeName}) => fates.placed(bornOn(world, nodeName))?.isReady)
  const bad = from.filter((each) => !good.includes(each))
  const isOver = room === 0
  const lucky = isOver ? good.slice(0, atOnce) : good
  const stuck = bad.slice(0, Math.max(room, atOnce - good.length))
  const most = lucky.length + stuck.length
  const least = isOver || bad.length >= room ? Math.max(room, atOnce) : most
  const count = Math.max(Math.min(room, choose.count), atOnce)
  const times = Math.ceil(most / count)
  const round = {actions: [], unavailable: downIn(world), choices: [{...choose, count}], times}
  const after = acted(
    replaced(lucky, world),
    stuck.map((each) => ({action, ...each})),
  )
  if (most === from.length && bad.length === 0) return {round, world: after}
  const isSwap = action === 'Delete'
  const fewer = isSwap ? most - least : lucky.length - Math.max(0, least - bad.length)
  const worse = Math.min(bad.length, Math.max(room, atOnce)) - stuck.length
  return {
    round: {...round, total: {least, most}},
    world: after,
    chance: {
      fewer,
      worse: isSwap ? worse : 0,
      room: Math.max(room, atOnce),
      nodes: bad.map(({nodeName}) => nodeName),
      mayGo: (isSwap ? from : good).map(({nodeName}) => nodeName),
      isOpen: fewer > 0 || (isSwap ? most < from.length : lucky.length < good.length),
    },
  }
}

function roomIn(world: DaemonWorld): number {
  const {budget} = daemonFactsOf(world)
  return Math.max(0, (budget?.limit ?? 0) - (budget?.used ?? 0))
}

function bornOn(world: DaemonWorld, nodeName: string): Pod {
  return bornDaemon(world, {action: 'Create', pod: null, nodeName})
}

function replaced(candidates: readonly Candidate[], world: DaemonWorld): DaemonWorld {
  const nodes = new Set(candidates.map(({nodeName}) => nodeName))
  const stay = world.pods.filter((pod) => !nodes.has(pod.spec?.nodeName ?? ''))
  const come = candidates.map(({nodeName}) => atWork(bornOn(world, nodeName), nodeName))
  return {...world, pods: [...stay, ...come]}
}

/** Who uses up the room, where that is any of more than fit into it. */
export function waitByChance(wait: Wait | null, chance: Chance | undefined, world: DaemonWorld): Wait | null {
  const {budget} = daemonFactsOf(world)
  if (wait?.reason !== 'Budget' || !chance || chance.nodes.length <= chance.room || !budget) return wait
  const open = new Set(chance.nodes)
  const sure = budget.ledger.filter(({counts, node}) => counts && !open.has(node)).map(({node}) => node)
  const first = sure.length > 0 ? `${listed(sure.toSorted(), 1)}, and by ` : ''
  const one = `${chance.room === 1 ? 'one' : chance.room} of ${listed(chance.nodes.toSorted(), 4)}`
  return {reason: 'Budget', message: `room: ${budget.mode} ${budget.limit} is used up by ${first}${one}`}
}
