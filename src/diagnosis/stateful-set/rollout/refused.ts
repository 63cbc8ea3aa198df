import {groupedByEach} from '../../../model/grouping.ts'
import type {Event} from '../../../model/objects.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Slot} from '../../../model/rollout/stateful-set-facts.ts'
import {withoutUids} from '../../../model/without-uids.ts'
import {type CreateRefusal, createRefusal} from '../../creation/create-refusal.ts'
import {createCause, refusedBecause} from '../../creation/failed-create.ts'
import {refusalWords} from '../../creation/refusal-words.ts'
import {unknownCause} from '../../creation/unknown.ts'
import {type WebhookTrouble, webhookTrouble} from '../../creation/webhook-pods.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import type {Trouble} from '../../trouble.ts'

/** An ordinal without a Pod that the API server refuses. */
export function refused(slot: Slot, set: StatefulSet, relations: Relations): Trouble | undefined {
  const found = refusalOf(slot, set, relations)
  const applicant = {namespace: namespaceOf(set), isNetworkPlugin: false}
  if (!found) return undefined
  const proof = `event FailedCreate on statefulset/${nameOf(set)}: ${refusalWords(withoutUids(found.text))}`
  return refusedTrouble(slot, set, found, proof, webhookTrouble(found.text, applicant, relations))
}

/** What the API server has just answered when this ordinal's Pod was to be created. */
export function refusalOf(
  {name}: Pick<Slot, 'name'>,
  set: StatefulSet,
  {snapshot, eventsOf, once}: Relations,
): CreateRefusal | undefined {
  const byPod = once('eventsByPod', set, () =>
    groupedByEach(eventsOf('StatefulSet', namespaceOf(set), nameOf(set)), podsNamedIn),
  )
  return createRefusal(byPod.get(name) ?? [], snapshot.observedAt)
}

function podsNamedIn({message}: Event): readonly string[] {
  return [...(message ?? '').matchAll(/Pod (\S+) in StatefulSet /g)].map(([, name = '']) => name)
}

/** Words that the catalog does not know are quoted, and nothing is invented about them. */
export function refusedTrouble(
  slot: Slot,
  set: StatefulSet,
  {text, since, isStalled}: Omit<CreateRefusal, 'lastAt'>,
  proof: string,
  webhook?: WebhookTrouble,
): Trouble {
  const [namespace, name] = [namespaceOf(set), nameOf(set)]
  const cause =
    createCause(text, namespace, set.spec?.template) ??
    unknownCause('StatefulSet', kubectl('describe', 'sts', '-n', namespace, name))
  const what = `${slot.name} ${slot.pod ? 'waits' : 'is not created'}`
  const message = `${refusedBecause(text)}${webhook?.text ?? ''} (${what})`
  const finding: Finding = {
    ...cause,
    ...(webhook && {remedy: webhook.remedy}),
    ...(cause.severity === 'error' &&
      !isStalled &&
      cause.selfHealing !== 'no' && {severity: 'warning' as const}),
    message,
    object: {kind: 'StatefulSet', namespace, name},
    blames: [{kind: 'Pod', namespace, name: slot.name}, ...(webhook?.blames ?? [])],
    ...(since && {since}),
    evidence: [
      proof,
      slot.pod ? `pod/${slot.name} is pending` : `statefulset/${name} has no Pod ${slot.name}`,
      ...(webhook?.evidence ?? []),
    ],
  }
  return {finding, message, since, isStalled, refusal: text}
}
