import {targetNode} from '../../../model/daemon-pods.ts'
import {isTerminal, isTerminating} from '../../../model/pod.ts'
import {firstCause, type Rule} from '../../finding.ts'
import type {PodSubject} from '../subject.ts'
import {beforeScheduling} from './before-scheduling.ts'
import {beforeVerdict} from './binding.ts'
import {byClaim} from './by-claim.ts'
import {byNodes} from './by-nodes.ts'
import {noScaleUp} from './no-scale-up.ts'
import {pinned} from './pinned.ts'
import type {WaitingPod} from './waiting-pod.ts'

const ofItsNode = firstCause<WaitingPod>([beforeScheduling, pinned])

/** Of a Pod with a node of its own, as daemons have one, only what is said of that node counts. */
const onItsNode: Rule<PodSubject> = ({pod, relations, now}) => {
  const nodeName = targetNode(pod)
  const node = relations.node(nodeName ?? '')
  return nodeName === undefined ? undefined : ofItsNode({pod, nodeName, node, now, relations})
}

const causes = firstCause<PodSubject>([onItsNode, beforeVerdict, byClaim, noScaleUp, byNodes])

/** Why no node takes a Pod. */
export const scheduling: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  return pod.spec?.nodeName || isTerminal(pod) || isTerminating(pod) ? undefined : causes(subject)
}
