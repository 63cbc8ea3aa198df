import {queryOf} from '../../model/label-query.ts'
import {hasLabels, isValidRequirement} from '../../model/labels.ts'
import {namespaceOf, type Service, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {all, FEW} from './lists.ts'

/** Pods that the Services of these sets select in place of the sets' own: whoever changes such a selector takes it from them. */
export function servedNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const services = new Set(sets.flatMap((set) => serviceOfOthers(set, relations) ?? []))
  if (services.size > FEW)
    return [...new Set([...services].map(namespaceOf))].map((name) => all('pods', name))
  return [...services].map((service) => ({
    ...all('pods', namespaceOf(service)),
    labelSelector: queryOf({matchLabels: service.spec?.selector ?? {}}) ?? '',
  }))
}

/** What is no label is on no Pod, and no query. */
function serviceOfOthers(set: StatefulSet, {service}: Relations): Service | undefined {
  const found = service(namespaceOf(set), set.spec?.serviceName ?? '')
  const wanted = found?.spec?.selector ?? {}
  const pairs = Object.entries(wanted)
  const isQuery = pairs.every(
    ([key, value]) => typeof value === 'string' && isValidRequirement({key, operator: 'In', values: [value]}),
  )
  return pairs.length > 0 && isQuery && !hasLabels(set.spec?.template?.metadata?.labels, wanted)
    ? found
    : undefined
}
