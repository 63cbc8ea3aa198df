import {hasLabels, isValidRequirement} from '../../model/labels.ts'
import {namespaceOf, type Service, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {owned} from './owned.ts'

/** Pods that the Services of these sets select in place of the sets' own: whoever changes such a selector takes it from them. */
export function servedNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const services = new Set(sets.flatMap((set) => serviceOfOthers(set, relations) ?? []))
  const selecting = [...services].map(({metadata, spec}) => ({
    ...(metadata && {metadata}),
    spec: {selector: {matchLabels: spec?.selector ?? {}}},
  }))
  return owned('pods', selecting)
}

/** What is no label is on no Pod, and no query. */
function serviceOfOthers(set: StatefulSet, relations: Relations): Service | undefined {
  return relations.once('serviceOfOthers', set, () => findServiceOfOthers(set, relations))
}

function findServiceOfOthers(set: StatefulSet, {service}: Relations): Service | undefined {
  const found = service(namespaceOf(set), set.spec?.serviceName ?? '')
  const wanted = found?.spec?.selector ?? {}
  const pairs = Object.entries(wanted)
  const isQuery = pairs.every(
    ([key, value]) => typeof value === 'string' && isValidRequirement({key, operator: 'In', values: [value]}),
  )
  const isOthers = pairs.length > 0 && isQuery && !hasLabels(set.spec?.template?.metadata?.labels, wanted)
  return isOthers ? found : undefined
}
