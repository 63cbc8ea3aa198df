import {nameOf, namespaceOf, type ObjectReference} from '../../model/objects.ts'
import {schedulerMessage} from '../../model/scheduler-message.ts'
import {kubectl} from '../command-line.ts'
import {FEW, fewText} from '../few.ts'
import type {Rule, Severity} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {unschedulable} from '../scheduling/pinned-reason.ts'
import {schedulingReason} from '../scheduling/reasons.ts'
import type {PodSubject} from './subject.ts'
import {claimsOf, isImmediate, type MountedClaim, unboundClaims} from './unscheduled-claims.ts'
import {describePod, isYoung, severityFor, unscheduledFinding} from './unscheduled-words.ts'

/** What the scheduler says of a claim, and which claims of the Pod it can mean. */
interface Saying {
  readonly words: string
  readonly means: (each: MountedClaim, subject: PodSubject) => boolean
}

const SAYINGS: Readonly<Record<string, Saying>> = {
  'sched-unbound-immediate-pvc': {
    words: 'not bound, and must be before the Pod is scheduled',
    means: (each, subject) =>
      unboundClaims(subject).some(({name}) => name === each.name) && isImmediate(each, subject),
  },
  'sched-pvc-not-found': {words: 'missing', means: ({claim}) => !claim},
  'sched-pvc-being-deleted': {
    words: 'being deleted',
    means: ({claim}) => claim?.metadata?.deletionTimestamp !== undefined,
  },
  'sched-pv-missing': {
    words: 'bound to a volume that does not exist',
    means: ({claim, volume}, {relations}) =>
      claim?.status?.phase === 'Lost' ||
      (claim?.spec?.volumeName !== undefined && !volume && relations.sees('persistentVolumes')),
  },
  'sched-ephemeral-pvc': {
    words: 'yet to be made by the ephemeral volume controller',
    means: ({claim}) => !claim,
  },
}

/** A claim holds the Pod back on every node: what is wrong with the claim is the cause, and this points at it. */
export const byClaim: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  const told = claimReason(subject)
  if (!told) return undefined
  const names = relations.sees('persistentVolumeClaims') ? namesOf(told, subject) : namedIn(told.text)
  const which = names.length > 1 ? `claims ${fewText(names)} are` : `claim ${names[0]} is`
  return unscheduledFinding(subject, {
    id: told.id,
    severity: severityOf(subject, told.id, names),
    message: `${podText(pod)} is not scheduled: ${names.length > 0 ? `its ${which}` : 'one of its claims is'} ${told.saying.words}`,
    object: objectOf(subject, names),
    evidence: [`pod/${nameOf(pod)} condition PodScheduled=False: ${quoted(told.text)}`],
    selfHealing: 'maybe',
    remedy: {
      commands:
        names.length > 0
          ? names.slice(0, FEW).map((name) => describeClaim(subject, name))
          : [describePod(subject)],
      advice: 'the claim is the cause: see what is wrong with it',
      danger: told.id === 'sched-pvc-not-found' ? 'a claim that is made anew is empty' : '',
      rung: 0,
    },
  })
}

interface Told {
  readonly id: string
  readonly text: string
  readonly saying: Saying
}

function claimReason({pod}: PodSubject): Told | undefined {
  for (const {text} of schedulerMessage(unschedulable(pod)?.message ?? '').reasons) {
    const id = schedulingReason(text)?.id ?? ''
    const saying = Object.hasOwn(SAYINGS, id) ? SAYINGS[id] : undefined
    if (saying) return {id, text, saying}
  }
  return undefined
}

/** The text names one claim, the first that it met; the objects tell of the others. */
function namesOf({text, saying}: Told, subject: PodSubject): readonly string[] {
  const meant = claimsOf(subject).filter((each) => saying.means(each, subject))
  return [...new Set([...namedIn(text), ...meant.map(({name}) => name)])]
}

function namedIn(text: string): readonly string[] {
  return [...text.matchAll(/persistentvolumeclaim "([^"]+)"/gi)].map(([, name = '']) => name)
}

/** Claims that were seen have rules of their own, which say more; of those that were not, this is all there is. */
function severityOf(subject: PodSubject, id: string, names: readonly string[]): Severity {
  const {pod, relations, now} = subject
  if (!relations.sees('persistentVolumeClaims')) return severityFor(subject, 'error')
  const isJustMade = names.every((name) =>
    isYoung(relations.claim(namespaceOf(pod), name)?.metadata?.creationTimestamp, now),
  )
  // without a name, all is well by now, and the scheduler looks again
  const isPassing = id === 'sched-unbound-immediate-pvc' && isJustMade
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
