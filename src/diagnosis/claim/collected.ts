import {lastSeen, latestOf} from '../../model/events.ts'
import type {Event} from '../../model/objects.ts'
import type {ClaimSubject} from '../subjects.ts'
import {quotedInProof} from '../words.ts'

/** The garbage collector's, for what names an owner that its namespace does not have (1.20 to 1.37). */
const INVALID_OWNER = 'OwnerRefInvalidNamespace'

/** What the garbage collector said of an earlier claim of this name before it deleted it; undefined where nothing is left of that. */
export function collectedEvent({namespace, name, claim, relations}: ClaimSubject): Event | undefined {
  const uid = claim?.metadata?.uid
  const events = relations
    .eventsOf('PersistentVolumeClaim', namespace, name)
    .filter(({involvedObject}) => uid === undefined || (involvedObject?.uid ?? uid) !== uid)
  return latestOf(events, INVALID_OWNER)
}

export function collectedEvidence({name}: ClaimSubject, event: Event): string {
  return `event ${INVALID_OWNER} on an earlier pvc/${name}, last seen ${lastSeen(event)}: ${quotedInProof(event.message)}`
}
