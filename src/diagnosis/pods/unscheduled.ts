import {isTerminal, isTerminating} from '../../model/pod.ts'
import {firstCause, type Rule} from '../finding.ts'
import type {PodSubject} from './subject.ts'
import {beforeVerdict} from './unscheduled-binding.ts'
import {byClaim} from './unscheduled-by-claim.ts'
import {byNodes} from './unscheduled-by-nodes.ts'

const causes = firstCause<PodSubject>([beforeVerdict, byClaim, byNodes])

/** Why no node takes a Pod that may run on several: a Pod of a StatefulSet, or of a Deployment. */
export const unscheduled: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  return pod.spec?.nodeName || isTerminal(pod) || isTerminating(pod) ? undefined : causes(subject)
}
