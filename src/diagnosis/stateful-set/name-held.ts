import {selects} from '../../model/labels.ts'
import {
  controllerOf,
  controllerUid,
  nameOf,
  namespaceOf,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {isAdoptable} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {isOverdue} from '../pod/grace-period-over.ts'
import type {OrdinalSubject} from '../subjects.ts'
import {foreignHolderRemedy, HOLDER_RISK} from './name-held-remedy.ts'

export const causes = {
  'sts-name-held-by-foreign-pod': {
    title: 'foreign Pod holds the name',
    applies: ['StatefulSet'],
    sign: "A Pod has the name of an ordinal and is not the set's: it has another controller, or its labels do not match the selector. The ordinal is missing, and from 1.23 no event says why.",
    remedy:
      'Find out whose it is. If only its labels are wrong and it has no controller, put them right and the set adopts it; delete it only if nobody needs it.',
    risk: HOLDER_RISK,
    riskWhen: 'the controller does not adopt that Pod by itself, and it is not being deleted already',
  },
} satisfies Causes

/** Somebody else's Pod has the name that the controller needs. From 1.23 no event and no condition says so. */
export const nameHeld: Rule<OrdinalSubject> = ({set, ordinal, relations}) => {
  const {holder, state} = ordinal
  if (!holder || state !== 'desired') return undefined
  const isAdopted = isAdoptable(set, holder)
  const isInGracePeriod = isTerminating(holder) && !isOverdue(holder, relations.snapshot.observedAt)
  return {
    id: 'sts-name-held-by-foreign-pod',
    severity: isInGracePeriod ? 'info' : isAdopted ? 'warning' : 'error',
    message: `A foreign Pod holds the name ${nameOf(holder)}: ${whyForeign(set, holder)}`,
    object: {kind: 'Pod', namespace: namespaceOf(holder), name: nameOf(holder)},
    ...(holder.metadata?.creationTimestamp && {since: holder.metadata.creationTimestamp}),
    evidence: evidenceOf(set, holder),
    selfHealing: isTerminating(holder) || isAdopted ? 'yes' : 'no',
    remedy: isInGracePeriod ? null : isAdopted ? waitForAdoption(holder) : foreignHolderRemedy(set, holder),
  }
}

function whyForeign(set: StatefulSet, pod: Pod): string {
  const uid = controllerUid(pod)
  if (uid === undefined) {
    return selects(set.spec?.selector, pod.metadata?.labels)
      ? 'it has no controller'
      : 'it has no controller, and its labels do not match the selector'
  }
  if (uid !== set.metadata?.uid) return `it belongs to ${ownerName(set, pod)}`
  return 'its labels do not match the selector'
}

function waitForAdoption(pod: Pod): Finding['remedy'] {
  return {
    look: [kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'yaml')],
    act: [
      {
        text: 'wait: its labels match, so the controller adopts it; if it does not, see whether the controller runs',
        commands: [],
      },
    ],
    risk: '',
    avoid: '',
    rung: 0,
  }
}

function evidenceOf(set: StatefulSet, pod: Pod): readonly string[] {
  return [
    `pod/${nameOf(pod)} metadata.ownerReferences controller: ${ownerText(pod)}`,
    `statefulset/${nameOf(set)} uid ${set.metadata?.uid ?? '<none>'}`,
  ]
}

/** A set of that name, too, may be another one. */
function ownerName(set: StatefulSet, pod: Pod): string {
  const {kind = '', name = ''} = controllerOf(pod) ?? {}
  return `${kind === 'StatefulSet' && name === nameOf(set) ? 'an earlier ' : ''}${kind} ${name}`
}

function ownerText(pod: Pod): string {
  const owner = controllerOf(pod)
  return owner ? `${owner.kind ?? ''} ${owner.name ?? ''} (uid ${owner.uid ?? '<none>'})` : '<none>'
}
