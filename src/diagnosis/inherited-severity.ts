import type {Relations} from '../model/relations.ts'
import {groundOf, referenceKey} from '../model/stands-on.ts'
import {rankOf} from './causes.ts'
import type {Finding} from './finding.ts'
import {explains, type IsOnTrail, isBeneath} from './nearness.ts'

/** Where only something milder says why a Pod is not ready, and that it is not is an error, the milder thing is one. */
export function inheriting(
  all: readonly Finding[],
  isOnTrail: IsOnTrail,
  relations: Relations,
): readonly Finding[] {
  const errors = all.filter(
    ({id, severity, object}) => rankOf(id) === 'summary' && severity === 'error' && object.kind === 'Pod',
  )
  if (errors.length === 0) return all
  const groups = Map.groupBy(all.filter(explains), ({object}) => referenceKey(object))
  const beneath = all.filter((each) => isBeneath(each, isOnTrail))
  const heirs = new Set(
    errors.map(({object}) => {
      const ground = groundOf([object], relations)
      const below = beneath.filter((each) => ground.has(referenceKey(each.object)))
      const own = [...(groups.get(referenceKey(object)) ?? []), ...below]
      const isTold = own.some(({severity}) => severity === 'error')
      return isTold ? undefined : own.find(({severity}) => severity === 'warning')
    }),
  )
  return all.map((finding) => (heirs.has(finding) ? {...finding, severity: 'error'} : finding))
}
