import type {Event} from '../model/objects.ts'
import {namespaceOf} from '../model/objects.ts'
import type {Need} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'

/**
 * A snapshot with those events and revisions only that a server would have been asked for. Files hold all of them, and
 * the same question has the same answer.
 */
export function asAsked(snapshot: ClusterSnapshot, needs: readonly Need[]): ClusterSnapshot {
  const asked = needs.filter(({resource}) => resource === 'events')
  const hasRevisions = needs.some(({resource}) => resource === 'controllerRevisions')
  return {
    ...snapshot,
    events: snapshot.events.filter((event) => asked.some((need) => isMet(need, event))),
    controllerRevisions: hasRevisions ? snapshot.controllerRevisions : [],
  }
}

function isMet({namespace, fieldSelector = ''}: Need, event: Event): boolean {
  const {kind, name} = event.involvedObject ?? {}
  const facts: Readonly<Record<string, string | undefined>> = {
    'involvedObject.kind': kind,
    'involvedObject.name': name,
  }
  const isWithin = namespace === undefined || namespaceOf(event) === namespace
  const terms = fieldSelector.split(',').map((term) => term.split('='))
  return isWithin && terms.every(([field = '', value]) => facts[field] === value)
}
