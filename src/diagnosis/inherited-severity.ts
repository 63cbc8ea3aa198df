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
  const byObject = (findings: readonly Finding[]) => Map.groupBy(findings, ({object}) => referenceKey(object))
  const groups = byObject(all.filter(explains))
  const beneath = byObject(all.filter((each) => isBeneath(each, isOnTrail)))
  const places = new Map(all.map((finding, index) => [finding, index]))
  const heirs = new Set(
    errors.map(({object}) => {
      const below = [...groundOf([object], relations)]
        .flatMap((key) => beneath.get(key) ?? [])
        .toSorted((left, right) => (places.get(left) ?? 0) - (places.get(right) ?? 0))
      const own = [...(groups.get(referenceKey(object)) ?? []), ...below]
      const isTold = own.some(({severity}) => severity === 'error')
      return isTold ? undefined : own.find(({severity}) => severity === 'warning')
    }),
  )
  return all.map((finding) => (heirs.has(finding) ? {...finding, severity: 'error'} : finding))
}
