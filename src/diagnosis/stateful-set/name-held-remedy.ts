import {POD_NAME} from '../../model/known-labels.ts'
import {selects} from '../../model/labels.ts'
import {controllerUid, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'

export const HOLDER_RISK =
  'it may be a live member of another set, or a copy that somebody created on purpose; deleting it stops what it does'

/** Only a controller of StatefulSets writes that label; left over from `--cascade=orphan`, and labelled otherwise since. */
function wasMember(set: StatefulSet, pod: Pod): boolean {
  const {labels} = pod.metadata ?? {}
  const isLabelled = labels?.[POD_NAME] === nameOf(pod)
  const hasLabels = selects({...set.spec?.selector, matchLabels: {}}, labels)
  return isLabelled && hasLabels && controllerUid(pod) === undefined
}

/** What to do about a Pod that is not the set's, and has a name that the set needs. */
export function foreignHolderRemedy(set: StatefulSet, pod: Pod): Remedy {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const look = [kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml')]
  if (isTerminating(pod)) {
    const text = 'see what keeps it, a finalizer or its node: it is being deleted already'
    return {look, act: [{text, commands: []}], risk: '', avoid: '', rung: 0}
  }
  const labels = Object.entries(set.spec?.selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  )
  if (wasMember(set, pod) && labels.length > 0) {
    return {
      look,
      act: [
        {
          text: 'give it the labels of the selector: it was a member of a set of that name, and the controller adopts it as it runs, and updates it in its turn',
          commands: [kubectl('label', 'pod', '-n', namespace, name, '--overwrite', ...labels)],
        },
      ],
      risk: 'Services and budgets that select it by its labels of now may lose it',
      avoid: '',
      rung: 1,
    }
  }
  return {
    look,
    act: [
      {
        text: 'find out who created it, and for what: delete it only if nobody needs it',
        commands: [kubectl('delete', 'pod', '-n', namespace, name)],
      },
    ],
    risk: HOLDER_RISK,
    avoid: '',
    rung: 2,
  }
}
