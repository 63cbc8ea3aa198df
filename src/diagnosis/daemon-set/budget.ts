import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nodesText, setReference, setText} from './parts.ts'
import {isServerAtLeast} from './server-version.ts'
import {type Blocker, type Standstill, standstill} from './standstill.ts'

/** A rule about those blockers of one kind, if the update stands still and there are any. */
function standstillRule(
  kinds: readonly Blocker['kind'][],
  describe: (
    subject: DaemonSetSubject,
    blockers: readonly Blocker[],
    still: Standstill,
  ) => Pick<Finding, 'id' | 'remedy' | 'selfHealing'> & {because: string},
): Rule<DaemonSetSubject> {
  return (subject) => {
    const still = standstill(subject)
    const blockers = still?.blockers.filter(({kind}) => kinds.includes(kind)) ?? []
    if (!still || blockers.length === 0) return undefined
    const {because, ...finding} = describe(subject, blockers, still)
    const since = sinceWhen(blockers)
    return {
      ...finding,
      severity: 'error',
      message: `The rolling update of ${setText(subject.daemonSet)} stands still: maxUnavailable ${still.limit} is used up ${because}; ${still.waiting.length} old ${still.waiting.length === 1 ? 'Pod waits' : 'Pods wait'} on ${nodesText(still.waiting)}`,
      object: setReference(subject.daemonSet),
      ...(since && {since}),
      evidence: [
        `${subject.budget?.used} of maxUnavailable ${still.limit} in use`,
        ...blockers.map(({name, why}) => `node/${name} ${why}`),
      ],
    }
  }
}

/** Since the last of them joined in; undefined where one does not tell. */
function sinceWhen(blockers: readonly Blocker[]): string | undefined {
  const times = blockers.map(({since}) => since)
  return times.includes(undefined) ? undefined : times.toSorted().at(-1)
}

function withWhy(blockers: readonly Blocker[]): string {
  return nodesText(blockers.map(({name, why}) => `${name} (${why})`))
}

/** Not even DESIRED has to count such a node; the budget does, whether the set wants it or not. */
export const deadNodeEatsBudget = standstillRule(['lost', 'overdue'], (subject, blockers, still) => {
  const {daemonSet, relations} = subject
  const names = blockers.map(({name}) => name).filter((name) => relations.node(name))
  const lost = names.filter((name) => blockers.some((each) => each.name === name && each.kind === 'lost'))
  const rollingUpdate = {maxUnavailable: still.limit + blockers.length}
  const patch = JSON.stringify({spec: {updateStrategy: {rollingUpdate}}})
  return {
    id: 'ds-dead-node-eats-budget',
    because: `by ${withWhy(blockers)}, where no Pod of the set can become available`,
    selfHealing: 'maybe',
    remedy: {
      commands: [
        ...(names.length > 0 ? [kubectl('get', 'node', ...names)] : []),
        kubectl('patch', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-p', patch),
        ...(lost.length > 0 ? [kubectl('delete', 'node', ...lost)] : []),
      ],
      advice:
        'bring the nodes back; else let more nodes be down at once; delete a Node only if its machine is off and never comes back',
      danger:
        'a higher maxUnavailable lets a bad revision take down more nodes at once; deleting a Node asserts that its machine is off; forcing the Pod away does not help, the next one counts as well',
      rung: lost.length > 0 ? 4 : 1,
    },
  }
})

/** Not like a StatefulSet: the next edit of the template replaces these Pods without being asked. */
export const newPodsEatBudget = standstillRule(['new-pod'], ({daemonSet, relations}, blockers) => {
  const [pod] = blockers.map((blocker) => blocker.pod).filter((each) => each !== undefined)
  const namespace = namespaceOf(daemonSet)
  const ignoresBudget = isServerAtLeast(relations, 31) === false
  return {
    id: 'ds-new-pod-unavailable',
    because: `by Pods of the current revision that do not become available, on ${withWhy(blockers)}`,
    selfHealing: 'maybe',
    remedy: {
      commands: [
        ...(pod ? [kubectl('describe', 'pod', '-n', namespace, nameOf(pod))] : []),
        kubectl('rollout', 'history', `ds/${nameOf(daemonSet)}`, '-n', namespace),
        kubectl('rollout', 'undo', `ds/${nameOf(daemonSet)}`, '-n', namespace),
      ],
      advice: 'or fix the template: either replaces these Pods at once',
      danger: `an undo takes the whole template back, not only what is wrong with it${ignoresBudget ? '; before 1.31 each further edit also takes down one more Pod that is available' : ''}`,
      rung: 1,
    },
  }
})

/** Nodes that the set does not even want use its budget up. */
export const misscheduledBlocksBudget = standstillRule(['unwanted'], ({daemonSet}, blockers) => {
  const pods = blockers.map(({pod}) => pod).filter((pod) => pod !== undefined)
  return {
    id: 'ds-misscheduled-blocks-budget',
    because: `by Pods on ${withWhy(blockers)}, which the set does not want`,
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), ...pods.map(nameOf))],
      danger: 'no other Pod of the set takes their place on those nodes',
      rung: 2,
    },
  }
})
