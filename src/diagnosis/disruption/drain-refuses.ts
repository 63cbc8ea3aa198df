import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {type DisruptionSubject, type Drained, drainedPods, ownerText} from './subject.ts'

/** `kubectl drain` wants to be told that it may leave daemon Pods where they are. */
const daemonPods: Rule<DisruptionSubject> = (subject) => {
  const drained = drainedPods(subject)
  if (subject.kind !== 'DaemonSet' || drained.length === 0) return undefined
  return refusal(subject, drained, {
    id: 'drain-daemonset',
    message: `A drain leaves the Pods of ${ownerText(subject)} on ${nodesText(drained)}, and kubectl refuses to begin without --ignore-daemonsets`,
    advice: 'drain with --ignore-daemonsets: its controller would make the Pods anew on a cordoned node, too',
    danger: '',
    what: 'has a Pod of a DaemonSet',
  })
}

/** What an emptyDir holds is gone with the Pod, so that kubectl asks. Daemon Pods it does not look at: it leaves them. */
const localStorage: Rule<DisruptionSubject> = (subject) => {
  const drained = drainedPods(subject).filter(({pod}) => pod.spec?.volumes?.some(({emptyDir}) => emptyDir))
  if (subject.kind !== 'StatefulSet' || drained.length === 0) return undefined
  return refusal(subject, drained, {
    id: 'drain-local-storage',
    message: `kubectl refuses to drain ${nodesText(drained)} of ${fewText(drained.map(({pod}) => nameOf(pod)))} without --delete-emptydir-data: what they keep in an emptyDir is lost`,
    advice: 'drain with --delete-emptydir-data if nobody needs what is there',
    danger: 'what is in the emptyDir volumes of those Pods is gone for ever',
    what: 'has a volume emptyDir',
  })
}

function refusal(
  {kind, set}: DisruptionSubject,
  drained: readonly Drained[],
  {
    id,
    message,
    advice,
    danger,
    what,
  }: {id: string; message: string; advice: string; danger: string; what: string},
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
      commands: drained
        .slice(0, 1)
        .map(({pod}) => kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'yaml')),
      advice,
      danger,
      rung: 0,
    },
  }
}

function nodesText(drained: readonly Drained[]): string {
  const names = [...new Set(drained.map(({node}) => nameOf(node)))].toSorted()
  return `${names.length === 1 ? 'node' : 'nodes'} ${fewText(names)}`
}

/** What `kubectl drain` refuses to do without being told. */
export const drainRefuses: Rule<DisruptionSubject> = firstCause([daemonPods, localStorage])
