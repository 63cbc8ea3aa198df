import type {WhatIfReport} from '../../../src/reports/what-if/report.ts'
import type {AuditEntry} from '../tools/audit-log.ts'
import {COMPONENT_USERS} from '../tools/users.ts'

/** Where a set goes one by one, its Pods are deleted in the order that was said. */
export function orderFaults(
  {question, steps}: WhatIfReport,
  entries: readonly AuditEntry[],
  namespace: string,
): readonly string[] {
  const isOfSet = question.objects[0]?.kind === 'StatefulSet'
  if (!isOfSet || !['scale', 'update'].includes(question.action)) return []
  const said = steps.map(({actions, waitsFor}) => ({
    isSure: waitsFor === null,
    names: actions.flatMap(({action, kind, name}) =>
      action === 'Delete' && kind === 'Pod' ? [name ?? ''] : [],
    ),
  }))
  const done = deleted(entries, namespace)
  const rounds = said.map(({names}) => names).filter(({length}) => length > 0)
  let rest = done
  for (const {names: round, isSure} of said.filter(({names: {length}}) => length > 0)) {
    // it comes so far only if those before have found a node
    if (rest.length === 0 && !isSure) return []
    const now = rest.slice(0, round.length)
    if (now.toSorted().join() !== round.toSorted().join())
      return [`deleted ${done.join(' ')}, and not ${rounds.map((each) => each.join('+')).join(' ')}`]
    rest = rest.slice(round.length)
  }
  return rest.length === 0 ? [] : [`deleted ${rest.join(' ')} as well`]
}

/** Each once: the controller's cache may not have caught up. */
function deleted(entries: readonly AuditEntry[], namespace: string): readonly string[] {
  const names = entries
    .filter(
      ({verb, resource, subresource, user, namespace: where}) =>
        verb === 'delete' &&
        resource === 'pods' &&
        subresource === undefined &&
        where === namespace &&
        user === COMPONENT_USERS['kube-controller-manager'],
    )
    .toSorted((left, right) => (left.receivedAt < right.receivedAt ? -1 : 1))
    .map(({name}) => name ?? '')
  return [...new Set(names)]
}
