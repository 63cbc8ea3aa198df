import {type Node, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {mountedClaims} from '../../model/relations.ts'
import {reaches} from '../../model/volume.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {podReference} from '../pod.ts'
import {refusedEvictions} from './evictions.ts'
import {budgetEvidence, type DisruptionSubject} from './subject.ts'

/** An evicted member can come back only where its volume is, and those nodes are all cordoned. */
export const stuckReplacement: Rule<DisruptionSubject> = (subject) => {
  const [refused] = refusedEvictions(subject)
  if (!refused || !subject.relations.sees('nodes')) return undefined
  const away = subject.pods
    .filter((pod) => !pod.spec?.nodeName && !isTerminating(pod))
    .map((pod) => ({pod, nodes: reachableNodes(pod, subject)}))
    .find(({nodes}) => nodes.length > 0 && nodes.every(({spec}) => spec?.unschedulable))
  const [node] = away?.nodes ?? []
  if (!away || !node) return undefined
  const scheduled = away.pod.status?.conditions?.find(({type}) => type === 'PodScheduled')
  return {
    id: 'drain-sts-stuck-evicted-replacement',
    severity: 'error',
    message: `The drain of node ${nameOf(refused.node)} waits for ${nameOf(away.pod)}, which was evicted and can't come back: its volume is only reachable from ${fewText(away.nodes.map(nameOf))}, which ${away.nodes.length === 1 ? 'is' : 'are'} cordoned`,
    object: podReference(away.pod),
    ...(scheduled?.lastTransitionTime && {since: scheduled.lastTransitionTime}),
    evidence: [
      `pod/${nameOf(away.pod)} condition PodScheduled is not True`,
      ...away.nodes.slice(0, 1).map((each) => `node/${nameOf(each)} spec.unschedulable=true`),
      budgetEvidence(refused.budget),
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'nodes'), kubectl('uncordon', nameOf(node))],
      advice: 'or bring another node where the volume is reachable: then the drain goes on by itself',
      danger: 'somebody may be draining that node on purpose: ask first',
      rung: 1,
    },
  }
}

/** Nodes that reach all bound volumes of the Pod; none where none of them is bound to some nodes. */
function reachableNodes(pod: Pod, {relations}: DisruptionSubject): readonly Node[] {
  const volumes = mountedClaims(pod)
    .map((claim) => relations.claim(namespaceOf(pod), claim)?.spec?.volumeName ?? '')
    .map((volume) => relations.volume(volume))
    .filter((volume) => volume?.spec?.nodeAffinity?.required !== undefined)
    .filter((volume) => volume !== undefined)
  if (volumes.length === 0) return []
  return relations.snapshot.nodes.filter((node) => volumes.every((volume) => reaches(volume, node)))
}
