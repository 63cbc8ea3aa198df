import {mountedClaims} from '../../model/mounted-claims.ts'
import {type Node, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {nodesReaching} from '../../model/placement.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {podReference} from '../pod/reference.ts'
import {fewText} from '../words.ts'
import {refusedEvictions} from './evictions.ts'
import {budgetEvidence, type DisruptionSubject} from './subject.ts'

export const causes = {
  'drain-sts-stuck-evicted-replacement': {
    title: "evicted member can't come back",
    applies: ['StatefulSet'],
    sign: "A member was evicted and its successor can't be scheduled, because its volume is bound to the cordoned node or its zone. The next eviction is refused by the budget, and the drain seems to hang.",
    remedy:
      'Add a node in the zone of the volume, or `kubectl uncordon <node>` so that the member can come back.',
    risk: 'somebody may be draining that node on purpose: ask first',
    avoid: 'drain past the budget (--disable-eviction): that stops a second member',
  },
} satisfies Causes

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
    message: `The volume of evicted Pod ${nameOf(away.pod)} is only reachable from cordoned ${fewText(away.nodes.map(nameOf))}, so the drain of node ${nameOf(refused.node)} waits`,
    object: podReference(away.pod),
    ...(scheduled?.lastTransitionTime && {since: scheduled.lastTransitionTime}),
    evidence: [
      `pod/${nameOf(away.pod)} condition PodScheduled is not True`,
      ...away.nodes.slice(0, 1).map((each) => `node/${nameOf(each)} spec.unschedulable=true`),
      budgetEvidence(refused.budget),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'nodes'), kubectl('describe', 'node', nameOf(node))],
      act: [
        {text: 'add another node that reaches the volume: then the drain goes on by itself', commands: []},
        {
          text: 'only if the drain may wait, uncordon the node so that the member can come back',
          commands: [kubectl('uncordon', nameOf(node))],
        },
      ],
      risk: causes['drain-sts-stuck-evicted-replacement'].risk,
      avoid: causes['drain-sts-stuck-evicted-replacement'].avoid,
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
  return nodesReaching(volumes, relations)
}
