import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {type DaemonSet, nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import type {Answer} from './answer.ts'
import type {Change} from './change.ts'

type Update = Extract<Change, {readonly action: 'update'}>

/** What would begin the update, or pace it otherwise; null where one is under way, which goes on by itself. */
export function updateCommand(
  type: 'sts' | 'ds',
  set: StatefulSet | DaemonSet,
  change: Update,
  isUnderWay: boolean,
): Answer['command'] {
  const place = [type, '-n', namespaceOf(set), nameOf(set)]
  const rollingUpdate = paceOf(change)
  const isManual = set.spec?.updateStrategy?.type === 'OnDelete'
  if (rollingUpdate) {
    const patch = JSON.stringify({spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate}}})
    return {
      text: kubectl('patch', ...place, '-p', patch),
      danger: [
        ...(isManual
          ? ['it makes OnDelete a RollingUpdate: its controller then replaces Pods by itself']
          : []),
        ...(isUnderWay ? [] : ['it alone replaces no Pod: that takes a new template besides']),
      ].join('; '),
    }
  }
  return isUnderWay
    ? null
    : {
        text: kubectl('rollout', 'restart', ...place),
        danger: isManual
          ? 'no Pod is replaced until somebody deletes it (OnDelete)'
          : 'every Pod of it is replaced, as far as the update comes',
      }
}

/** The pace that is asked for; undefined: the one that it has. */
export function paceOf({partition, maxUnavailable}: Update) {
  if (partition === undefined && maxUnavailable === undefined) return undefined
  return {
    ...(partition !== undefined && {partition}),
    ...(maxUnavailable !== undefined && {maxUnavailable}),
  }
}

/** Which update is meant. */
export function updateAssumption(isUnderWay: boolean): string {
  return isUnderWay
    ? 'the update that is under way goes on: no other template comes'
    : 'the new template asks the same of nodes as the present one'
}
