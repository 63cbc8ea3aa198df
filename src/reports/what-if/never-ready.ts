import {eligibility} from '../../model/daemon-eligibility.ts'
import {targetNode} from '../../model/daemon-pods.ts'
import {respecified} from '../../model/foretold/respecified.ts'
import {controllerOf, nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {isSeen} from '../../model/seen.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {desiredOrdinals, isDesired, ordinalIn, podName} from '../../model/stateful-set.ts'
import type {Change} from './change.ts'
import type {WhatIfReport} from './report.ts'
import type {Subjects} from './subjects.ts'
import {few, nameIn} from './words.ts'

interface Asked {
  readonly change: Change
  readonly subjects: Subjects
  readonly report: WhatIfReport
  readonly snapshot: ClusterSnapshot
}

/** kubectl's sentences for names of which there is no Pod, and of which the question would create none. */
export function unknownNeverReady(asked: Asked): readonly string[] {
  const {snapshot, change} = asked
  if (!isSeen(snapshot, 'pods') || !isSeen(snapshot, 'statefulSets')) return []
  return change.neverReady
    .filter((given) => !isKnown(given, asked))
    .map((given) => `error: --never-ready: pods "${given}" not found${candidatesText(asked)}`)
}

function isKnown(given: string, asked: Asked): boolean {
  const [name = '', namespace = namespaceIn(asked), ...more] = given.split('/').toReversed()
  if (more.length > 0) return false
  const isIn = (own: string) => namespace === undefined || own === namespace
  const {snapshot, report} = asked
  return (
    snapshot.pods.some((pod) => nameOf(pod) === name && isIn(namespaceOf(pod))) ||
    setsOf(asked).some(
      (set) => isIn(namespaceOf(set)) && isDesired(set, ordinalIn(name, nameOf(set)) ?? -1),
    ) ||
    report.pods.some((pod) => pod.name === name && isIn(pod.namespace)) ||
    (isOfDaemons(asked) && isPlace(given, asked))
  )
}

/** A node that has a Pod of the DaemonSet, or would get one. */
function isPlace(given: string, {snapshot, subjects}: Asked): boolean {
  if (!isSeen(snapshot, 'nodes')) return true
  const node = snapshot.nodes.find((each) => nameOf(each) === given)
  const {daemonSets} = subjects
  return (
    node !== undefined &&
    (daemonSets.length === 0 ||
      daemonSets.some(({spec}) => eligibility(spec?.template, node).shouldRun) ||
      snapshot.pods.some(
        (pod) =>
          targetNode(pod) === given &&
          daemonSets.some(({metadata}) => metadata?.uid === controllerOf(pod)?.uid),
      ))
  )
}

/** A question about what is in one namespace means its Pods by bare names; undefined: those of all namespaces. */
function namespaceIn({subjects}: Asked): string | undefined {
  const [one] = [
    ...subjects.statefulSets,
    ...subjects.daemonSets,
    ...subjects.pods,
    ...subjects.persistentVolumeClaims,
  ]
  return one && namespaceOf(one)
}

/** As they are, and as they would be. */
function setsOf({change, subjects, snapshot}: Asked): readonly StatefulSet[] {
  if (change.action !== 'scale') return snapshot.statefulSets
  return [
    ...snapshot.statefulSets,
    ...subjects.statefulSets.map((set) => respecified(set, {replicas: change.replicas})),
  ]
}

/** A Pod of a DaemonSet may be called by its node as well. */
function isOfDaemons({change, subjects}: Asked): boolean {
  return change.action === 'update'
    ? subjects.daemonSets.length > 0
    : subjects.pods.some((pod) => controllerOf(pod)?.kind === 'DaemonSet')
}

function candidatesText(asked: Asked): string {
  const names = candidatesOf(asked)
  const orNode = isOfDaemons(asked) ? ', or the name of its node' : ''
  if (names.length === 0) return ''
  return ` (it could be ${names.length === 1 ? names[0] : `one of ${few(names, 6)}`}${orNode})`
}

function candidatesOf({change, subjects, report, snapshot}: Asked): readonly string[] {
  const [set] = subjects.statefulSets
  const [daemonSet] = subjects.daemonSets
  if (change.action === 'scale' && set) return ordinalNames(respecified(set, {replicas: change.replicas}))
  if (change.action === 'update' && set) return ordinalNames(set)
  if (change.action === 'update' && daemonSet) {
    const isOwn = ({uid}: {readonly uid?: string} = {}) => uid === daemonSet.metadata?.uid
    return snapshot.pods.filter((pod) => isOwn(controllerOf(pod))).map(nameOf)
  }
  if (change.action === 'delete') return subjects.pods.map(nameOf)
  return report.pods.filter(({returns}) => returns === 'Yes' || returns === 'Maybe').map(nameIn)
}

function ordinalNames(set: StatefulSet): readonly string[] {
  return desiredOrdinals(set).map((ordinal) => podName(set, ordinal))
}
