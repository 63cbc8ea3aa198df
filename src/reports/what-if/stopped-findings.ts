import type {Finding} from '../../diagnosis/finding.ts'
import {diagnoseStatefulSet} from '../../diagnosis/stateful-set/diagnosis.ts'
import type {StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Wait} from '../../model/rollout/next-step.ts'

/** What is wrong by now with what a set would wait for. */
export function stoppedFindings(
  set: StatefulSet,
  wait: Wait | null,
  relations: Relations,
): readonly Finding[] {
  if (!wait?.pod) return []
  return diagnoseStatefulSet(set, relations).findings.filter(({object}) => object.name === wait.pod)
}
