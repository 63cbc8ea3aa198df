import {nameOf} from '../../../model/objects.ts'
import {FEW} from '../../words.ts'
import type {PodSubject} from '../subject.ts'
import {driverMissing} from '../volumes/driver-missing.ts'
import {choice} from './choice.ts'
import {type PortTrouble, portTrouble} from './port-holder.ts'
import {HOST_PORT} from './reasons-room.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** What other objects tell of the few nodes that could take the Pod: who has its ports, and who should bring its driver there. */
export function joinedTroubles(subject: PodSubject, verdict: SchedulerVerdict): readonly PortTrouble[] {
  if (verdict.nodes.length > FEW) return []
  return verdict.id === HOST_PORT ? ofPorts(subject, verdict) : ofDriver(subject, verdict)
}

function ofPorts({pod, relations}: PodSubject, {nodes}: SchedulerVerdict): readonly PortTrouble[] {
  return nodes.flatMap((node) => portTrouble(pod, nameOf(node), relations) ?? [])
}

function ofDriver({relations}: PodSubject, {nodes, told}: SchedulerVerdict): readonly PortTrouble[] {
  const [node] = nodes
  const missing = node && driverMissing(told[0]?.text, nameOf(node), relations)
  if (!missing?.blames) return []
  const {why, blames, evidence, commands, advice} = missing
  return [{text: why.replace(/^; /, ''), blames, evidence, remedy: choice(commands, [advice])}]
}
