import {type Node, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import {fewText} from '../few.ts'
import {quoted} from '../quoted.ts'
import type {PodSubject} from './subject.ts'
import {claimsOf} from './unscheduled-claims.ts'
import {roomFor} from './unscheduled-room.ts'
import type {Verdict} from './unscheduled-verdict.ts'
import {nodeNames, reachText} from './unscheduled-words.ts'

/** What keeps the Pod off the nodes that are left to it, and why no others are. */
export function whyText(subject: PodSubject, verdict: Verdict): string {
  const {id, nodes} = verdict
  if (id === 'sched-pv-node-affinity' || id === 'sched-pv-zone') return placeText(verdict)
  const where = whereText(verdict)
  if (nodes.length > 0 && id === 'sched-node-cordoned')
    return `${plural(nodes)} ${nodeNames(nodes)}${where && `, ${where},`} ${nodes.length > 1 ? 'are' : 'is'} cordoned`
  if (nodes.length > 0 && id === 'sched-taint')
    return `${taintsText(subject.pod, nodes)}${where && `, ${where}`}`
  const {texts, isHopeless} = roomFor(subject.pod, verdict)
  const hopeless = isHopeless && nodes.length > 1 ? '; even empty, none of the nodes is big enough' : ''
  const said = texts.map(quoted).join(', ')
  return `${said}${where ? ` on ${nodeText(nodes)}, ${where}` : ''}${usersText(subject, verdict)}${hopeless}`
}

function placeText({told, volumes}: Verdict): string {
  const [volume] = volumes
  if (!volume) return told.map(({text}) => quoted(text)).join(', ')
  const which = volumes.length > 1 ? 'volumes' : 'volume'
  const reached = volumes.map((each) => `${nameOf(each)} (${reachText(each)})`)
  return `no node reaches its ${which} ${fewText(reached)}${volumes.length > 1 ? ' together' : ''}`
}

function whereText({volumes, selected}: Verdict): string {
  const [volume] = volumes
  if (volume) return `where its volume ${nameOf(volume)} can be reached (${reachText(volume)})`
  return selected.length > 0 ? `which was chosen for its claim (${fewText(selected)})` : ''
}

function plural(nodes: readonly Node[]): string {
  return nodes.length > 1 ? 'nodes' : 'node'
}

function nodeText(nodes: readonly Node[]): string {
  return nodes.length > 0 ? `${plural(nodes)} ${nodeNames(nodes)}` : 'the nodes'
}

/** From 1.35 the text does not say which taint; the Nodes do. */
function taintsText({spec}: Pod, nodes: readonly Node[]): string {
  const taints = nodes.flatMap((node) => untoleratedTaints(node, spec?.tolerations ?? []).map(taintText))
  const distinct = [...new Set(taints)]
  return `untolerated ${distinct.length > 1 ? 'taints' : 'taint'} ${fewText(distinct)} on ${nodeText(nodes)}`
}

/** Of a claim that one Pod at a time may use: which one does. */
function usersText(subject: PodSubject, {id}: Verdict): string {
  if (id !== 'sched-rwop-in-use') return ''
  const {pod, relations} = subject
  const single = claimsOf(subject).flatMap(({claim}) =>
    claim?.spec?.accessModes?.includes('ReadWriteOncePod') ? [claim] : [],
  )
  const users = single
    .flatMap((claim) => relations.podsMounting(claim))
    .filter((each) => each.spec?.nodeName && !isTerminal(each) && nameOf(each) !== nameOf(pod))
  return users.length > 0 ? `: ${fewText(users.map((each) => `${namespaceOf(each)}/${nameOf(each)}`))}` : ''
}
