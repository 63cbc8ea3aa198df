import {controllerOf, controllerUid, nameOf, type StatefulSet} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import {partitionOf} from '../../model/rollout/stateful-set-facts.ts'
import {ordinalIn, ordinalStart, podManagementPolicy} from '../../model/stateful-set.ts'
import type {Act, Remedy} from '../finding.ts'
import {deletePod, ownerKind} from './finding.ts'
import type {PodSubject} from './subject.ts'

/** The worst that an edit of the template can do. */
export const EDIT_RISK = 'an edit of the template restarts the other Pods of the set as well'
/** The worst that the deletion of a Pod that does not work can do. */
export const DELETION_RISK = 'a deleted Pod loses its logs and its emptyDirs'
/** Both, where the edit alone does not replace the Pod. */
export const TEMPLATE_RISK = `${EDIT_RISK}; ${DELETION_RISK}`

interface Fix {
  readonly look: readonly string[]
  /** Gentler ways, which no command can say. */
  readonly before?: readonly string[]
  /** What to change in the template: `raise limits.memory`. */
  readonly what: string
  /** What that may do wrong by itself. */
  readonly risk?: string
}

/** Where an edit of the template is what helps, or one of the things that help. */
export function fixedInTemplate(subject: PodSubject, {look, before = [], what, risk}: Fix): Remedy {
  const way = templateWay(subject, what)
  const deletes = way.commands.length > 0
  return {
    look,
    act: [...before.map((text) => ({text, commands: []})), way],
    risk: [risk, deletes ? TEMPLATE_RISK : EDIT_RISK].filter(Boolean).join('; '),
    avoid: '',
    rung: deletes ? 2 : 1,
  }
}

/** Of a Pod whose template is right by now: who replaces it. */
export function replacementWay(subject: PodSubject, why: string): Act {
  const owner = ownerOf(subject)
  const set = owner.statefulSet ?? owner.daemonSet
  const {deletes} = afterwards(subject, owner)
  if (set && controllerOf(set))
    return {text: `${why}: leave it to its operator to replace the Pod`, commands: []}
  return deletes
    ? {
        text: `${why}: delete the Pod, and it is created again from the new one`,
        commands: [deletePod(subject.pod)],
      }
    : {text: `${why}: wait until its controller replaces it`, commands: []}
}

type Owner = ReturnType<typeof ownerOf>

function templateWay(subject: PodSubject, what: string): Act {
  const owner = ownerOf(subject)
  const {text, deletes} = afterwards(subject, owner)
  return {
    text: `${what} in ${placeText(owner)}${partitionText(subject, owner)}${text}`,
    commands: deletes ? [deletePod(subject.pod)] : [],
  }
}

/** The set of the Pod, as it was seen. */
function ownerOf({pod, relations}: PodSubject) {
  const uid = controllerUid(pod)
  const kind = ownerKind(pod)
  return {
    kind,
    statefulSet: kind === 'StatefulSet' ? relations.statefulSetWith(uid) : undefined,
    daemonSet: kind === 'DaemonSet' ? relations.daemonSetWith(uid) : undefined,
  }
}

/** Who owns the set takes a change of the set itself back. */
function placeText({statefulSet, daemonSet}: Owner): string {
  const set = statefulSet ?? daemonSet
  if (!set) return 'the template'
  const name = `${statefulSet ? 'sts' : 'ds'}/${nameOf(set)}`
  const owner = controllerOf(set)
  return owner ? `${owner.kind} ${owner.name}, which owns ${name}` : `the template (${name})`
}

/** Where the Pod stands in its StatefulSet, counted from the first ordinal. */
function indexOf({pod}: PodSubject, set: StatefulSet): number | undefined {
  const ordinal = ordinalIn(nameOf(pod), nameOf(set))
  return ordinal === undefined ? undefined : ordinal - ordinalStart(set)
}

/** Below the partition a Pod is created from the old template again. */
function partitionText(subject: PodSubject, {statefulSet: set}: Owner): string {
  const index = set && indexOf(subject, set)
  if (!set || index === undefined || set.spec?.updateStrategy?.type === 'OnDelete') return ''
  return index < partitionOf(set) ? ` and lower its partition to ${index}` : ''
}

/** With the Pod of a condemned ordinal its claims may go, and no other comes. */
function isCondemned(subject: PodSubject, set: StatefulSet): boolean {
  return (indexOf(subject, set) ?? 0) >= (set.spec?.replicas ?? 1)
}

const NOTHING = {text: '', deletes: false}

/** Where a fixed template alone does not replace a Pod that is not ready. One that has failed is replaced anyway. */
function afterwards(subject: PodSubject, {kind, statefulSet, daemonSet}: Owner) {
  const set = statefulSet ?? daemonSet
  if (isTerminal(subject.pod) || (statefulSet && isCondemned(subject, statefulSet))) return NOTHING
  if (set?.spec?.updateStrategy?.type === 'OnDelete')
    return controllerOf(set)
      ? {text: ', and leave the Pod to its operator', deletes: false}
      : {text: ', then delete the Pod: OnDelete replaces none by itself', deletes: true}
  if (kind !== 'StatefulSet' || (statefulSet && podManagementPolicy(statefulSet) === 'Parallel'))
    return NOTHING
  return {text: trapText(statefulSet), deletes: true}
}

/** An ordered set waits for the broken Pod to become ready before it replaces it. */
function trapText(set: StatefulSet | undefined): string {
  if (!set) return '; if the Pod then stays as it is, delete it (kubernetes#67250)'
  return controllerOf(set)
    ? '; if its operator leaves the broken Pod, delete it (kubernetes#67250)'
    : ', then delete the Pod: an edit does not replace it (kubernetes#67250)'
}
