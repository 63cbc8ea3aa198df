import type {ObjectReference} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import type {Scope} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {headerOf, type Question} from '../report.ts'
import {type Answer, answer} from './answer.ts'
import {assumptionsOf, waitingAssumptions} from './assumptions.ts'
import type {Change} from './change.ts'
import {whatIfDeleted} from './delete.ts'
import {whatIfDrained} from './drain.ts'
import {whatIfJoined} from './join.ts'
import {spreadAssumptions} from './lack-text.ts'
import {leftAttachedNeeds} from './left-attached-needs.ts'
import {limitNeeds} from './limit-needs.ts'
import {whatIfLost} from './lose.ts'
import {needsOf, unseenNeeds} from './needs.ts'
import {whatIfNodesChanged} from './node-change.ts'
import type {WhatIfReport} from './report.ts'
import {whatIfScaled} from './scale.ts'
import {endAsSeen} from './sight.ts'
import {referencesTo, type Subjects, subjectsOf} from './subjects.ts'
import {updateAssumptions, whatIfUpdated} from './update.ts'
import {updateAssumption} from './update-command.ts'
import {isDaemonUpdateUnderWay, whatIfDaemonsUpdated} from './update-daemons.ts'

/** What would happen if somebody did that? */
export function whatIfQuestion(change: Change): Question<WhatIfReport> {
  return {
    needs: (scope) => needsOf(change, scope),
    more: (snapshot, scope) => [
      ...unseenNeeds(snapshot, scope),
      ...limitNeeds(change, snapshot, scope),
      ...leftAttachedNeeds(change, snapshot, scope),
    ],
    build: (snapshot, scope, relate = relateOnce) => report(change, snapshot, scope, relate(snapshot)),
    findings: ({findings}) => findings,
    namespaces: ({workloads, pods}) => [...workloads, ...pods].map(({namespace}) => namespace),
    names: ({question: {objects}}) => objects.map(nameFor),
  }
}

function report(change: Change, snapshot: ClusterSnapshot, scope: Scope, relations: Relations): WhatIfReport {
  const subjects = subjectsOf(snapshot, scope, change)
  const found = answerTo(change, subjects, relations)
  return {
    ...headerOf('WhatIfReport', snapshot),
    question: {action: change.action, objects: referencesTo(subjects)},
    assumptions: [
      ...ofUpdate(change, subjects, relations),
      ...assumptionsOf(change.neverReady, relations),
      ...waitingAssumptions(change, found.workloads, relations),
      ...spreadAssumptions(found.pods.map(({message}) => message)),
    ],
    ...found,
    end: endAsSeen(found, change, subjects, relations),
  }
}

function ofUpdate(change: Change, {statefulSets, daemonSets}: Subjects, relations: Relations) {
  if (change.action !== 'update') return []
  return [
    ...statefulSets.flatMap((set) => updateAssumptions(set, change, relations)),
    ...daemonSets.map((set) => updateAssumption(isDaemonUpdateUnderWay(set, relations))),
  ]
}

function answerTo(change: Change, subjects: Subjects, relations: Relations): Answer {
  const {nodes, statefulSets, daemonSets} = subjects
  const [node] = nodes
  const [set] = statefulSets
  const [daemonSet] = daemonSets
  switch (change.action) {
    case 'drain':
      return whatIfDrained(nodes, relations, change.neverReady)
    case 'lose':
      return whatIfLost(nodes, relations, change.neverReady)
    case 'scale':
      return set ? whatIfScaled(set, change.replicas, relations, change.neverReady) : NOTHING
    case 'update':
      if (daemonSet) return whatIfDaemonsUpdated(daemonSet, change, relations)
      return set ? whatIfUpdated(set, change, relations) : NOTHING
    case 'delete':
      return whatIfDeleted(subjects, change, relations)
    case 'join':
      return node ? whatIfJoined(node, relations) : NOTHING
    default:
      return whatIfNodesChanged(nodes, change, relations)
  }
}

const NOTHING = answer({end: {state: 'Unknown', message: 'it was not found', waitsFor: null}})

const APPS: readonly string[] = ['StatefulSet', 'DaemonSet']

function nameFor({kind, name}: ObjectReference): string {
  return `${kind.toLowerCase()}${APPS.includes(kind) ? '.apps' : ''}/${name}`
}
