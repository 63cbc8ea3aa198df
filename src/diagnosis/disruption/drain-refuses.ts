import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {fewText} from '../words.ts'
import {type DisruptionSubject, type Drained, drainedPods, ownerText} from './subject.ts'

export const causes = {
  'drain-daemonset': {
    title: 'drain stops at daemon Pods',
    applies: ['DaemonSet'],
    sign: '`kubectl drain` refuses: `DaemonSet-managed Pods (use --ignore-daemonsets to ignore)`.',
    remedy:
      'Add `--ignore-daemonsets`: the daemon Pods stay, as their controller would recreate them at once.',
    rank: 'aside',
  },
  'drain-local-storage': {
    title: 'drain stops at emptyDir data',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`kubectl drain` refuses: `Pods with local storage (use --delete-emptydir-data to override)`.',
    remedy: 'Save what you need, then add `--delete-emptydir-data`.',
    risk: 'the data in the emptyDir volumes of those Pods is lost permanently',
    rank: 'aside',
  },
} satisfies Causes

/** `kubectl drain` leaves daemon Pods where they are only with a flag. */
const daemonPods: Rule<DisruptionSubject> = (subject) => {
  const drained = drainedPods(subject)
  if (subject.kind !== 'DaemonSet' || drained.length === 0) return undefined
  return refusal(subject, drained, {
    id: 'drain-daemonset',
    message: `Pods of ${ownerText(subject)} run on ${nodesText(drained)}: a drain refuses to begin without --ignore-daemonsets`,
    act: 'drain with --ignore-daemonsets: the Pods stay, as their controller would recreate them on a cordoned node, too',
    risk: '',
    what: 'has a Pod of a DaemonSet',
  })
}

/** What an emptyDir holds is gone with the Pod, so that kubectl asks. It leaves daemon Pods alone. */
const localStorage: Rule<DisruptionSubject> = (subject) => {
  const drained = drainedPods(subject).filter(({pod}) => pod.spec?.volumes?.some(({emptyDir}) => emptyDir))
  if (subject.kind !== 'StatefulSet' || drained.length === 0) return undefined
  return refusal(subject, drained, {
    id: 'drain-local-storage',
    message: `${fewText(drained.map(({pod}) => nameOf(pod)))} on ${nodesText(drained)} ${drained.length === 1 ? 'has' : 'have'} data in an emptyDir: a drain refuses to begin without --delete-emptydir-data`,
    act: 'only if nobody needs that data, drain with --delete-emptydir-data',
    risk: causes['drain-local-storage'].risk,
    what: 'has an emptyDir volume',
  })
}

function refusal(
  {kind, set}: DisruptionSubject,
  drained: readonly Drained[],
  {
    id,
    message,
    act,
    risk,
    what,
  }: {id: keyof typeof causes; message: string; act: string; risk: string; what: string},
): Finding {
  const [first] = drained
  return {
    id,
    severity: 'info',
    message,
    object: {kind, namespace: namespaceOf(set), name: nameOf(set)},
    evidence: first
      ? [`node/${nameOf(first.node)} spec.unschedulable=true`, `pod/${nameOf(first.pod)} there ${what}`]
      : [],
    selfHealing: 'no',
    remedy: {
      look: drained
        .slice(0, 1)
        .map(({pod}) => kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'yaml')),
      act: [{text: act, commands: []}],
      risk,
      avoid: '',
      rung: 0,
    },
  }
}

function nodesText(drained: readonly Drained[]): string {
  const names = [...new Set(drained.map(({node}) => nameOf(node)))].toSorted()
  return `${names.length === 1 ? 'node' : 'nodes'} ${fewText(names)}`
}

/** What `kubectl drain` refuses to do without a flag. */
export const drainRefuses: Rule<DisruptionSubject> = firstCause([daemonPods, localStorage])
