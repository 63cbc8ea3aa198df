import {isOfThisLife} from '../../model/events.ts'
import type {Event} from '../../model/objects.ts'
import {withoutUids} from '../../model/without-uids.ts'
import type {Finding} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {quotedInProof} from '../words.ts'

/** A finding about the subject's claim, with what all of them share filled in. */
export function claimFinding(
  subject: ClaimSubject,
  finding: Omit<Finding, 'object' | 'since'> & Partial<Pick<Finding, 'since'>>,
): Finding {
  const {namespace, name} = subject
  return {...finding, object: {kind: 'PersistentVolumeClaim', namespace, name}}
}

/** `claim data-web-0`; its namespace is that of the set. */
export function claimText({name}: ClaimSubject): string {
  return `claim ${name}`
}

/** What was said of this claim, and not of an earlier one of its name. */
export function claimEvents({claim, namespace, name, relations}: ClaimSubject): readonly Event[] {
  const events = relations.eventsOf('PersistentVolumeClaim', namespace, name)
  return claim ? events.filter((event) => isOfThisLife(event, claim)) : events
}

/** What a component says, to stand after its proof: `: rpc error: …`; empty where it says nothing. */
export function textOf(message: string | null | undefined): string {
  return message ? `: ${quotedInProof(withoutUids(message))}` : ''
}
