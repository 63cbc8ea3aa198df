import type {CountedNode} from '../../model/daemon-counters.ts'
import {nameOf} from '../../model/objects.ts'
import type {Blamed} from '../blame.ts'
import {pasteable} from '../pasteable.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {excluded} from './excluded.ts'
import {ruleText} from './rule-text.ts'
import {daemonNodeSubject} from './subject.ts'
import {setText} from './words.ts'

/** Of a set that is wanted on some nodes: which rule leaves out the others, one note for each rule and what these nodes have. */
export function leftOut(subject: DaemonSetSubject): readonly Blamed[] {
  const {daemonSet, nodes} = subject
  const wanted = nodes.filter(({eligibility}) => eligibility.shouldRun).length
  // those with a Pod have findings of their own
  const others = nodes.filter(({eligibility, pods}) => !eligibility.shouldRun && pods.length === 0)
  if (wanted === 0) return []
  const groups = Map.groupBy(others, ({eligibility: {rule}}) => (rule ? ruleText(rule) : ''))
  const share = `${setText(daemonSet)} is wanted on ${wanted} of ${nodes.length} nodes`
  return [...groups]
    .toSorted(([, left], [, right]) => right.length - left.length)
    .flatMap(([text, few]) => noteOf(subject, few, `${share}: ${whichText(few)} left out (${text})`))
}

function whichText(few: readonly CountedNode[]): string {
  return `${fewText(few.map(({node}) => nameOf(node)))} ${few.length > 1 ? 'are' : 'is'}`
}

function noteOf(
  subject: DaemonSetSubject,
  [first]: readonly CountedNode[],
  message: string,
): readonly Blamed[] {
  const note = first && excluded(daemonNodeSubject(subject, nameOf(first.node), first, first.pods))
  return note ? [{...pasteable(note), message, role: 'besides'}] : []
}
