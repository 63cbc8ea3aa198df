import {POD_NAME, REVISION_HASH} from '../../model/known-labels.ts'
import {type DaemonSet, nameOf} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {daemonSetNeeds} from '../needs/daemon-sets.ts'
import {all, isNarrow} from '../needs/lists.ts'
import {owned} from '../needs/owned.ts'
import {inOrder} from '../order.ts'
import {headerOf, type Question} from '../report.ts'
import {coverDaemonSet} from './daemon-set.ts'
import type {CoverageReport, CoveredDaemonSet} from './report.ts'

/** Pods that a DaemonSet created carry the first label; those of StatefulSets carry both. */
const DAEMON_PODS = `${REVISION_HASH},!${POD_NAME}`

/** For each DaemonSet and node: should a Pod run here, does it, is it current, and which rule decides? */
export const coverageQuestion: Question<CoverageReport> = {
  needs,
  more,
  narrow: narrowCoverage,
  build: (snapshot, scope, relate = relateOnce) => ({
    ...headerOf('CoverageReport', snapshot),
    daemonSets: covered(snapshot, scope, relate(snapshot)),
  }),
  findings: (report) => report.daemonSets.flatMap(({findings}) => findings),
  namespaces: (report) => report.daemonSets.map(({namespace}) => namespace),
  names: (report) => report.daemonSets.map(({name}) => `daemonset.apps/${name}`),
}

function needs(scope: Scope): readonly Need[] {
  const {names, selector} = scope
  const inScope = within(scope)
  const only = names.length === 1 ? {name: names[0]?.name ?? ''} : {}
  const labels = selector === undefined ? {} : {labelSelector: selector}
  return [
    {resource: 'daemonSets', isSubject: true, ...inScope, ...labels, ...only},
    {resource: 'pods', ...inScope, labelSelector: DAEMON_PODS},
    {resource: 'controllerRevisions', ...inScope},
    {resource: 'nodes'},
  ]
}

/** How to read for named DaemonSets: those of a namespace concern all nodes, so that lists do. */
export function narrowCoverage(scope: Scope) {
  return isNarrow(scope) && scope.names.length > 0 ? {needs: narrowNeeds, more: narrowMore} : undefined
}

/** Of named DaemonSets only their own Pods and revisions; all nodes, for each may be one of theirs. */
function narrowNeeds(scope: Scope): readonly Need[] {
  const sets = scope.names.map(
    ({name}) => ({resource: 'daemonSets', isSubject: true, ...within(scope), name}) as const,
  )
  return [...sets, all('nodes')]
}

function narrowMore(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const sets = chosen(snapshot, scope)
  return [...owned('pods', sets), ...owned('controllerRevisions', sets), ...more(snapshot, scope)]
}

function more(snapshot: ClusterSnapshot, scope: Scope, relate = relateOnce): readonly Need[] {
  return daemonSetNeeds(chosen(snapshot, scope), scope, relate(snapshot))
}

function covered(snapshot: ClusterSnapshot, scope: Scope, relations: Relations): readonly CoveredDaemonSet[] {
  return chosen(snapshot, scope).map((daemonSet) => coverDaemonSet(daemonSet, relations))
}

function chosen(snapshot: ClusterSnapshot, {names}: Scope): readonly DaemonSet[] {
  const wanted = new Set(names.map(({name}) => name))
  return inOrder(snapshot.daemonSets).filter((set) => wanted.size === 0 || wanted.has(nameOf(set)))
}
