import {nameOf} from '../../../model/objects.ts'
import {isTerminal} from '../../../model/pod.ts'
import {taintText, untoleratedTaints} from '../../../model/taints.ts'
import {fewText} from '../../words.ts'
import type {PodSubject} from '../subject.ts'
import {besideText} from './beside.ts'
import {otherPodText} from './finding.ts'
import {joinedTroubles} from './joined.ts'
import {claimsOf} from './mounted-claims.ts'
import {reasonsText, taintsText} from './reason-text.ts'
import {reasonNamed} from './reasons.ts'
import {HOST_PORT} from './reasons-room.ts'
import {misplacedFor, type SchedulerVerdict} from './verdict.ts'
import {roomFor} from './verdict-room.ts'
import {nodesText, outOfReachText, whereText} from './where-text.ts'

/** What keeps the Pod off the nodes that are left to it, and why no others are. */
export function whyText(subject: PodSubject, verdict: SchedulerVerdict): string {
  const about = reasonNamed(verdict.id)?.about
  const place = about === 'reach' ? (misplacedFor(subject)?.text ?? outOfReachText(verdict)) : undefined
  const beside = place ?? besideText(subject, verdict)
  if (beside) return beside
  if (verdict.nodes.length > 0 && about === 'cordon') return cordonText(verdict)
  if (verdict.nodes.length > 0 && about === 'taint') return taintedText(subject, verdict)
  return about === 'users' ? usersText(subject) : toldText(subject, verdict)
}

function placed(verdict: SchedulerVerdict, isLast = false): string {
  const where = whereText(verdict)
  return `${nodesText(verdict.nodes)}${where && `, ${where}${isLast ? '' : ','}`}`
}

function cordonText(verdict: SchedulerVerdict): string {
  return `${placed(verdict)} ${verdict.nodes.length > 1 ? 'are' : 'is'} cordoned`
}

/** From 1.35 the text does not say which taint; the Nodes do. */
function taintedText({pod: {spec}, relations}: PodSubject, verdict: SchedulerVerdict): string {
  const {nodes} = verdict
  const taints = relations.once('untolerated', nodes, () => [
    ...new Set(nodes.flatMap((node) => untoleratedTaints(node, spec?.tolerations ?? []).map(taintText))),
  ])
  return `untolerated ${taintsText(taints)} on ${placed(verdict, true)}`
}

/** What the scheduler says, in our words; where objects tell who holds the ports, or who should bring the driver, that too. */
function toldText(subject: PodSubject, verdict: SchedulerVerdict): string {
  const {nodes, told} = verdict
  const {numbers, isHopeless} = roomFor(subject, verdict)
  const joined = fewText(joinedTroubles(subject, verdict).map((each) => each.text))
  const where = placed(verdict, true)
  if (joined && verdict.id === HOST_PORT) return `${joined} on ${where}`
  const reasons = told.map(({text}, index) => ({text, numbers: numbers[index] ?? ''}))
  const text = reasonsText(reasons, where, nodes.length === 1 ? 'and' : 'or')
  const hopeless = isHopeless && nodes.length > 1 ? '; even empty, none of them is big enough' : ''
  return `${text}${joined && `; ${joined}`}${hopeless}`
}

/** Of a claim that one Pod at a time may use: which one does. */
function usersText({pod, relations, ...subject}: PodSubject): string {
  const single = claimsOf({pod, relations, ...subject}).flatMap(({claim}) =>
    claim?.spec?.accessModes?.includes('ReadWriteOncePod') ? [claim] : [],
  )
  const users = single
    .flatMap((claim) => relations.podsMounting(claim))
    .filter((each) => each.spec?.nodeName && !isTerminal(each) && nameOf(each) !== nameOf(pod))
  const names = users.length > 0 ? fewText(users.map((each) => otherPodText(each, pod))) : 'another Pod'
  return `the claim of the Pod (ReadWriteOncePod) is in use by ${names}`
}
