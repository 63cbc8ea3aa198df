import {type Event, nameOf, namespaceOf} from '../../model/objects.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {kubectl} from '../command-line.ts'
import {createCause} from '../create/failed-create.ts'
import {firstCause, type Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import {controllerDown} from './controller-down.ts'
import {controllerLease} from './controller-lease.ts'
import {isOverdue, lagOf} from './lag.ts'
import {refusal} from './refusal.ts'
import {
  readWorkload,
  type WorkloadSubject,
  workloadEvidence,
  workloadReference,
  workloadText,
} from './workload.ts'

/** 1.37 with its gate off: the controller fails before it writes a status, and says so in an event. */
const recreateRefused: Rule<WorkloadSubject> = (subject) => {
  const lag = lagOf(subject)
  const said = eventsOf(subject).find(({reason}) => reason === 'UnknownStrategy')
  const type = subject.set.spec?.updateStrategy?.type
  if (!lag || type !== 'Recreate' || !(said || isOverdue(subject, lag.since))) return undefined
  return {
    id: 'sts-recreate-ignored',
    severity: 'warning',
    message: `${workloadText(subject)} says Recreate, and the controller does nothing for it: the feature gate StatefulSetRecreateStrategy is off in kube-controller-manager`,
    object: workloadReference(subject),
    ...(lag.since && {since: lag.since}),
    evidence: [
      `${workloadEvidence(subject)} spec.updateStrategy.type=Recreate, ${lag.text}`,
      ...(said ? [`event UnknownStrategy ×${said.count ?? 1}: ${quoted(said.message ?? '')}`] : []),
    ],
    selfHealing: 'no',
    remedy: {
      commands: [readWorkload(subject)],
      advice: 'turn the gate on in kube-controller-manager, too, or change spec.updateStrategy.type',
      danger: 'with the gate on, all old Pods are stopped at once',
      rung: 1,
    },
  }
}

/** Up to 1.26 a Pod that can't be made ends the sync before the status is written. */
const refusedBeforeStatus: Rule<WorkloadSubject> = (subject) => {
  const {relations, set} = subject
  const lag = lagOf(subject)
  const held = refusal(eventsOf(subject), relations.snapshot.observedAt)
  if (!lag || !held?.refusal || (serverVersionOf(relations.snapshot)?.minor ?? 37) > 26) return undefined
  const cause = createCause(held.refusal, namespaceOf(set))
  return (
    cause && {
      ...cause,
      message: `A Pod of ${workloadText(subject)} ${held.text}`,
      object: workloadReference(subject),
      ...(held.since && {since: held.since}),
      evidence: [
        `event FailedCreate on ${workloadEvidence(subject)}`,
        `${workloadEvidence(subject)} ${lag.text}`,
      ],
    }
  )
}

/** The controller runs, or may run, and fails before it writes a status. No event and no condition says so. */
const syncError: Rule<WorkloadSubject> = (subject) => {
  const lag = lagOf(subject)
  if (!lag || isOverdue(subject, lag.since) === false) return undefined
  const isSure = lag.since !== undefined
  const lease = controllerLease(subject.relations)
  return {
    id: subject.kind === 'StatefulSet' ? 'sts-sync-error-silent' : 'ds-revision-sync-error',
    severity: isSure ? 'error' : 'info',
    message: `The controller has not looked at the newest generation of ${workloadText(subject)}${isSure ? ', and says nothing about it' : ' yet: that takes it seconds, so look again before you worry'}`,
    object: workloadReference(subject),
    ...(lag.since && {since: lag.since}),
    evidence: [
      `${workloadEvidence(subject)} ${lag.text}`,
      ...(lease
        ? [`lease/kube-controller-manager spec.renewTime=${lease.spec?.renewTime ?? '<unknown>'}`]
        : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        ...(lease
          ? []
          : [kubectl('get', 'lease', '-n', 'kube-system', 'kube-controller-manager', '-o', 'yaml')]),
        kubectl('get', 'resourcequota', '-n', namespaceOf(subject.set)),
      ],
      advice:
        'if the lease is renewed, something refuses what the controller must write first: a quota on count/controllerrevisions.apps, or a webhook for controllerrevisions or Pods; its log says which (error syncing … requeuing)',
      danger: '',
      rung: 0,
    },
  }
}

function eventsOf({kind, set, relations}: WorkloadSubject): readonly Event[] {
  return relations.eventsOf(kind, namespaceOf(set), nameOf(set))
}

/** Why the controller has not looked at the newest generation. */
export const generationLag: Rule<WorkloadSubject> = firstCause([
  (subject) => controllerDown(subject, controllerLease(subject.relations)),
  recreateRefused,
  refusedBeforeStatus,
  syncError,
])
