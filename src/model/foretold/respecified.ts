import type {DaemonSet, StatefulSet} from '../objects.ts'

/** The same set, of which its controller has seen that something else is wanted. */
export function respecified<Set extends StatefulSet | DaemonSet>(
  set: Set,
  wanted: Partial<NonNullable<Set['spec']>>,
): Set {
  return {...set, spec: {selector: {}, template: {spec: {containers: []}}, ...set.spec, ...wanted}}
}
