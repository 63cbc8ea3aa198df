import {nameOf, namespaceOf, type ObjectReference} from '../../../model/objects.ts'
import {schedulerMessage} from '../../../model/scheduler-message.ts'
import type {Rule, Severity} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {FEW, fewText} from '../../words.ts'
import {describePod} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {choice} from './choice.ts'
import {conditionProof, isYoung, pendingMessage, schedulingFinding, severityFor} from './finding.ts'
import {claimsOf} from './mounted-claims.ts'
import {unschedulable} from './pinned-reason.ts'
import type {ClaimWords, SchedulingReason} from './reason.ts'
import {reasonOf} from './reasons.ts'
import {SEE_CLAIM} from './reasons-claims.ts'

/** A claim holds the Pod back on every node: what is wrong with the claim is the cause, and this points at it. */
export const byClaim: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  const told = claimReason(subject)
  if (!told) return undefined
  const names = relations.sees('persistentVolumeClaims') ? namesOf(told, subject) : namedIn(told.text)
  return schedulingFinding(subject, {
    id: told.reason.id,
    severity: severityOf(subject, told, names),
    message: pendingMessage(pod, `${claimsText(names)} ${told.claim.state}`),
    object: objectOf(subject, names),
    evidence: [conditionProof(pod, told.text)],
    selfHealing: 'maybe',
    remedy: choice(
      names.length > 0
        ? names.slice(0, FEW).map((name) => describeClaim(subject, name))
        : [describePod(subject.pod)],
      [SEE_CLAIM],
      told.reason,
    ),
  })
}

function claimsText(names: readonly string[]): string {
  if (names.length === 0) return 'a claim of the Pod is'
  return names.length > 1 ? `claims ${fewText(names)} are` : `claim ${names[0]} is`
}

interface Told {
  readonly reason: SchedulingReason
  readonly text: string
  readonly claim: ClaimWords
}

function claimReason({pod}: PodSubject): Told | undefined {
  for (const {text} of schedulerMessage(unschedulable(pod)?.message ?? '').reasons) {
    const reason = reasonOf(text)
    if (reason.claim) return {reason, text, claim: reason.claim}
  }
  return undefined
}

/** The text names one claim, the first that it met; the objects tell of the others. */
function namesOf({text, claim}: Told, subject: PodSubject): readonly string[] {
  const meant = claimsOf(subject).filter((each) => claim.means(each, subject))
  return [...new Set([...namedIn(text), ...meant.map(({name}) => name)])]
}

function namedIn(text: string): readonly string[] {
  return [...text.matchAll(/persistentvolumeclaim "([^"]+)"/gi)].map(([, name = '']) => name)
}

/** Claims that were seen have rules of their own, which say more; of those that were not, this is all there is. */
function severityOf(subject: PodSubject, {claim}: Told, names: readonly string[]): Severity {
  const {pod, relations, now} = subject
  if (!relations.sees('persistentVolumeClaims')) return severityFor(subject, 'error')
  const isJustCreated = names.every((name) =>
    isYoung(relations.claim(namespaceOf(pod), name)?.metadata?.creationTimestamp, now),
  )
  // without a name, all is well by now, and the scheduler looks again
  const isPassing = claim.isBrief && isJustCreated
  return isPassing ? 'info' : severityFor(subject, 'warning')
}

function objectOf({pod}: PodSubject, [name]: readonly string[]): ObjectReference {
  const namespace = namespaceOf(pod)
  if (name === undefined) return {kind: 'Pod', namespace, name: nameOf(pod)}
  return {kind: 'PersistentVolumeClaim', namespace, name}
}

function describeClaim({pod}: PodSubject, name: string): string {
  return kubectl('describe', 'pvc', '-n', namespaceOf(pod), name)
}
