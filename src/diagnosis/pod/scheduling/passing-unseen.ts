import {isPassing} from '../../../model/known-taints.ts'
import type {Node} from '../../../model/objects.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {type PassingState, passingState} from '../../passing-taints.ts'
import {fewText} from '../../words.ts'
import type {PodSubject} from '../subject.ts'
import {choice} from './choice.ts'
import {pendingMessage, schedulingFinding, severityFor} from './finding.ts'
import {byNearness, passingId} from './passing-causes.ts'
import {reasonNamed} from './reasons.ts'
import {toldTaints} from './tolerated-by-now.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** By the words alone, which name the taints up to 1.34: the Nodes were not seen. */
export function unseenNodes(subject: PodSubject, {id, nodes, told}: SchedulerVerdict): Finding | undefined {
  if (reasonNamed(id)?.about !== 'taint' || nodes.length > 0) return undefined
  const taints = told.flatMap(({text}) => toldTaints(text)).filter(isPassing)
  const states = taints.flatMap((taint) => passingState(UNSEEN, [taint]) ?? []).toSorted(byNearness)
  const [first] = states
  if (!first) return undefined
  const keys = fewText([...new Set(taints.map(({key = ''}) => key))])
  return schedulingFinding(subject, {
    id: passingId(first),
    severity: severityFor(subject, 'error'),
    message: pendingMessage(
      subject.pod,
      `nodes that could take the Pod have taint ${keys}, which only says what is wrong with them`,
    ),
    evidence: [],
    selfHealing: 'maybe',
    remedy: choice([kubectl('get', 'nodes')], [UNSEEN_ADVICE[first.kind]]),
  })
}

const UNSEEN: Node = {metadata: {name: ''}}
const UNSEEN_ADVICE: Readonly<Record<PassingState['kind'], string>> = {
  ready: 'see which nodes are not ready, and bring them back: their taint is removed by itself',
  pressure: 'see which nodes are short of resources: their taint is removed by itself once they are not',
  starting: 'see what those nodes still wait for: whoever sets them up removes the taint',
  leaving: 'those nodes do not come back: other nodes are needed: see why none is added',
}
