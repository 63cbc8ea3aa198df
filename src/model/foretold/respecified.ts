import type {StatefulSet} from '../objects.ts'

type Spec = NonNullable<StatefulSet['spec']>

/** The same set, of which its controller has seen that something else is wanted. */
export function respecified(set: StatefulSet, wanted: Partial<Spec>): StatefulSet {
  return {...set, spec: {selector: {}, template: {spec: {containers: []}}, ...set.spec, ...wanted}}
}
