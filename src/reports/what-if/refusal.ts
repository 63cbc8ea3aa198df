import {clean} from '../../model/clean.ts'
import type {Scope} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import type {Change} from './change.ts'
import {unknownNeverReady} from './never-ready.ts'
import {refusedPace} from './refused-pace.ts'
import type {WhatIfReport} from './report.ts'
import {severalIn, subjectsOf} from './subjects.ts'
import {absentTaint} from './taint-edit.ts'

/** What was read, and what it was read for. */
interface Read {
  readonly snapshot: ClusterSnapshot
  readonly scope: Scope
}

/** kubectl's sentence for a question that can not be answered as it was asked; undefined: it can. */
export function whatIfRefusal(change: Change, report: WhatIfReport, read: Read): string | undefined {
  return (
    noSuchZone(change, report) ??
    severalSubjects(read) ??
    paceOfUpdate(change, read) ??
    nothingToTakeAway(change, read) ??
    nobodyCalled(change, report, read)
  )
}

function noSuchZone(change: Change, {question: {objects}}: WhatIfReport): string | undefined {
  if (change.action !== 'lose' || change.zone === undefined || objects.length > 0) return undefined
  return `error: no node is in zone "${change.zone}"`
}

function paceOfUpdate(change: Change, {snapshot, scope}: Read): string | undefined {
  const text = change.action === 'update' && refusedPace(change, subjectsOf(snapshot, scope, change))
  return text ? clean(text) : undefined
}

function nothingToTakeAway(change: Change, {snapshot, scope}: Read): string | undefined {
  return change.action === 'taint' ? absentTaint(change, subjectsOf(snapshot, scope, change)) : undefined
}

function nobodyCalled(change: Change, report: WhatIfReport, {snapshot, scope}: Read): string | undefined {
  if (change.neverReady.length === 0) return undefined
  const subjects = subjectsOf(snapshot, scope, change)
  return unknownNeverReady({change, subjects, report, snapshot}).map(clean).join('\n') || undefined
}

function severalSubjects({snapshot, scope}: Read): string | undefined {
  const several = severalIn(snapshot, scope)
  if (!several) return undefined
  const {kind, name, namespaces} = several
  const where = clean(namespaces.join(', '))
  return `error: ${kind} "${clean(name)}" is in several namespaces: say which with -n (${where})`
}
