import {selects} from '../../model/labels.ts'
import {controllerUid, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {isAdoptable} from '../../model/stateful-set.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import {isOverdue} from '../overdue.ts'
import type {OrdinalSubject} from '../subjects.ts'

/** Somebody else's Pod has the name that the controller needs. From 1.23 no event and no condition says so. */
export const nameHeld: Rule<OrdinalSubject> = ({set, ordinal, relations}) => {
  const {holder, state} = ordinal
  if (!holder || state !== 'desired') return undefined
  const isAdopted = isAdoptable(set, holder)
  const isLeaving = isTerminating(holder) && !isOverdue(holder, relations.snapshot.observedAt)
  return {
    id: 'sts-name-held-by-foreign-pod',
    severity: isLeaving ? 'info' : isAdopted ? 'warning' : 'error',
    message: `Pod ${nameOf(holder)} holds the name of ordinal ${ordinal.ordinal} and is not the set's: ${whyForeign(set, holder)}`,
    object: {kind: 'Pod', namespace: namespaceOf(holder), name: nameOf(holder)},
    ...(holder.metadata?.creationTimestamp && {since: holder.metadata.creationTimestamp}),
    evidence: evidenceOf(set, holder),
    selfHealing: isTerminating(holder) || isAdopted ? 'yes' : 'no',
    remedy: isLeaving ? null : isAdopted ? waitForAdoption(holder) : remedyOf(set, holder),
  }
}

function whyForeign(set: StatefulSet, pod: Pod): string {
  const uid = controllerUid(pod)
  if (uid === undefined) {
    return selects(set.spec?.selector, pod.metadata?.labels)
      ? 'it has no controller'
      : 'it has no controller, and its labels do not match the selector'
  }
  if (uid !== set.metadata?.uid) return `it belongs to ${ownerText(pod)}`
  return 'its labels do not match the selector'
}

function waitForAdoption(pod: Pod): Finding['remedy'] {
  return {
    commands: [kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'yaml')],
    advice:
      'wait: its labels match, so the controller adopts it; if it does not, see whether the controller runs',
    danger: '',
    rung: 0,
  }
}

function evidenceOf(set: StatefulSet, pod: Pod): readonly string[] {
  return [
    `pod/${nameOf(pod)} metadata.ownerReferences controller: ${ownerText(pod)}`,
    `statefulset/${nameOf(set)} uid ${set.metadata?.uid ?? '<none>'}`,
  ]
}

function ownerText(pod: Pod): string {
  const owner = pod.metadata?.ownerReferences?.find(({controller}) => controller === true)
  return owner ? `${owner.kind ?? ''} ${owner.name ?? ''} (uid ${owner.uid ?? '<none>'})` : '<none>'
}

/** Only a controller of StatefulSets writes that label; left over from `--cascade=orphan`, and labelled otherwise since. */
function wasMember(set: StatefulSet, pod: Pod): boolean {
  const {labels} = pod.metadata ?? {}
  const isLabelled = labels?.['statefulset.kubernetes.io/pod-name'] === nameOf(pod)
  const hasLabels = selects({...set.spec?.selector, matchLabels: {}}, labels)
  return isLabelled && hasLabels && controllerUid(pod) === undefined
}

function remedyOf(set: StatefulSet, pod: Pod): Finding['remedy'] {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const look = kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml')
  if (isTerminating(pod)) {
    const advice = 'it is being deleted already: see what keeps it, a finalizer or its node'
    return {commands: [look], advice, danger: '', rung: 0}
  }
  const labels = Object.entries(set.spec?.selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  )
  if (wasMember(set, pod) && labels.length > 0) {
    return {
      commands: [look, kubectl('label', 'pod', '-n', namespace, name, '--overwrite', ...labels)],
      advice:
        'it was a member of a set of that name: with the labels of the selector the controller adopts it as it runs, and updates it in its turn',
      danger: 'Services and budgets that select it by its labels of now may lose it',
      rung: 1,
    }
  }
  return {
    commands: [look, kubectl('delete', 'pod', '-n', namespace, name)],
    danger:
      'look first: it may be a live member of another set or a copy somebody made on purpose, and what it does stops when it is deleted',
    rung: 2,
  }
}
