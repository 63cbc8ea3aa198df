import {type ControllerRevision, type Event, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Cause, Causes} from '../cause.ts'
import {createCause, refusedBecause} from '../creation/failed-create.ts'
import {refusalWords} from '../creation/refusal-words.ts'
import {unknownCause} from '../creation/unknown.ts'
import {firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {RECREATE_IGNORED, causes as recreate} from '../stateful-set/rollout/recreate.ts'
import {quotedInProof} from '../words.ts'
import {controllerDown} from './controller-down.ts'
import {controllerLease} from './controller-lease.ts'
import {isOverdue, lagOf} from './lag.ts'
import {refusalOf, revisionSince} from './looked-at.ts'
import {
  readWorkload,
  type WorkloadSubject,
  workloadEvidence,
  workloadReference,
  workloadText,
} from './subject.ts'

export const causes = {
  'sts-sync-error-silent': {
    title: 'controller fails and reports nothing',
    noteTitle: 'newest generation not looked at yet',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "`status.observedGeneration` stays behind although the controller is alive and other sets move. It fails before it writes a status: a ControllerRevision can't be written (quota, webhook), or a Pod can't be adopted or released. There is no event.",
    remedy:
      'Look for quotas and webhooks that match `controllerrevisions` or Pods, and for the set in the log of kube-controller-manager.',
  },
  'ds-revision-sync-error': {
    title: "controller can't write its revision",
    noteTitle: 'newest generation not looked at yet',
    applies: ['DaemonSet'],
    sign: "`status.observedGeneration` stays behind although the controller is alive. It can't write a ControllerRevision (quota, webhook), and says so only in its log.",
    remedy:
      'Look for quotas and webhooks that match `controllerrevisions`, and for `failed to construct revisions of DaemonSet` in the log of kube-controller-manager.',
  },
} satisfies Causes

const RECREATE: Cause = recreate[RECREATE_IGNORED]

/** 1.37 with its gate off: the controller fails before it writes a status, and says so in an event. */
const recreateRefused: Rule<WorkloadSubject> = (subject) => {
  const lag = lagOf(subject)
  const said = eventsOf(subject).find(({reason}) => reason === 'UnknownStrategy')
  const type = subject.set.spec?.updateStrategy?.type
  if (!lag || type !== 'Recreate' || !(said || isOverdue(subject, lag.since))) return undefined
  return {
    id: RECREATE_IGNORED,
    severity: 'warning',
    message: `Feature gate StatefulSetRecreateStrategy is off in kube-controller-manager, so it does nothing for ${workloadText(subject)} (Recreate)`,
    object: workloadReference(subject),
    ...(lag.since && {since: lag.since}),
    evidence: [
      `${workloadEvidence(subject)} spec.updateStrategy.type=Recreate, ${lag.text}`,
      ...(said ? [`event UnknownStrategy ×${said.count ?? 1}: ${quotedInProof(said.message ?? '')}`] : []),
    ],
    selfHealing: 'no',
    remedy: {
      look: [readWorkload(subject)],
      act: [
        {text: 'turn the gate on in kube-controller-manager, too', commands: []},
        {text: 'change spec.updateStrategy.type to RollingUpdate', commands: []},
      ],
      risk: RECREATE.risk ?? '',
      avoid: '',
      rung: 1,
    },
  }
}

/** Up to 1.26 a Pod that can't be created ends the sync before the status is written. */
const refusedBeforeStatus: Rule<WorkloadSubject> = (subject) => {
  const {set} = subject
  const [lag, refused] = [lagOf(subject), refusalOf(subject)]
  if (!lag || !refused) return undefined
  return {
    ...(createCause(refused.text, namespaceOf(set), set.spec?.template) ??
      unknownCause(subject.kind, readWorkload(subject))),
    message: `${refusedBecause(refused.text)}: no Pod of ${workloadText(subject)} is created`,
    object: workloadReference(subject),
    ...(refused.since && {since: refused.since}),
    evidence: [
      `event FailedCreate on ${workloadEvidence(subject)}: ${refusalWords(refused.text)}`,
      `${workloadEvidence(subject)} ${lag.text}`,
    ],
  }
}

/** The controller runs, or may run, and fails before it writes a status. No event and no condition says so. */
const syncError: Rule<WorkloadSubject> = (subject) => {
  const lag = lagOf(subject)
  if (!lag || isOverdue(subject, lag.since) === false || refusalOf(subject)) return undefined
  const isSure = lag.since !== undefined
  // what was saved by hand, without managedFields, tells nothing of when: it may have changed a moment ago
  const isOurs = subject.relations.snapshot.server || subject.set.metadata?.managedFields?.length
  if (!isSure && !isOurs) return undefined
  const revision = revisionSince(subject)
  const lease = controllerLease(subject.relations)
  return {
    id: subject.kind === 'StatefulSet' || revision ? 'sts-sync-error-silent' : 'ds-revision-sync-error',
    severity: isSure ? 'error' : 'info',
    message: messageOf(subject, isSure, revision),
    object: workloadReference(subject),
    ...(lag.since && {since: lag.since}),
    evidence: [
      `${workloadEvidence(subject)} ${lag.text}`,
      ...(revision
        ? [
            `controllerrevision/${nameOf(revision)} metadata.creationTimestamp=${revision.metadata?.creationTimestamp}`,
          ]
        : []),
      ...(lease
        ? [`lease/kube-controller-manager spec.renewTime=${lease.spec?.renewTime ?? '<unknown>'}`]
        : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [
        ...(lease
          ? []
          : [kubectl('get', 'lease', '-n', 'kube-system', 'kube-controller-manager', '-o', 'yaml')]),
        kubectl('get', 'resourcequota', '-n', namespaceOf(subject.set)),
      ],
      act: [
        ...(isSure ? [] : [{text: 'wait some seconds, then ask again', commands: []}]),
        {text: adviceFor(revision), commands: []},
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}

/** What the controller must write next, and who may refuse it. */
function adviceFor(revision: ControllerRevision | undefined): string {
  const refused = revision
    ? 'the next write, a Pod or the status of the set: probably a webhook'
    : 'its first write: a quota on count/controllerrevisions.apps, or a webhook for controllerrevisions or Pods'
  return `if the Lease is renewed, something refuses ${refused}; the log of kube-controller-manager says which (error syncing … requeuing)`
}

function messageOf(
  subject: WorkloadSubject,
  isSure: boolean,
  revision: ControllerRevision | undefined,
): string {
  const what = `The controller has not observed the newest generation of ${workloadText(subject)}`
  if (!isSure) return `${what} yet`
  return revision
    ? `The controller has written revision ${nameOf(revision)} of ${workloadText(subject)}, and nothing since then`
    : `${what}, and says nothing about it`
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
