import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {expect, test} from 'vitest'
import {createMemory} from '../../../src/model/memory/memory.ts'
import type {Pod, StatefulSet} from '../../../src/model/objects.ts'
import type {Relations} from '../../../src/model/relations.ts'
import {changingOrdinals} from '../../../src/render/views/map-changes.ts'
import {mapQuestion} from '../../../src/reports/map/question.ts'
import type {MapReport} from '../../../src/reports/map/report.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import {NOW, node, pod, snapshot, statefulSet} from '../../builders.ts'

const NAMES = ['a', 'b', 'c', 'd']
const sets = NAMES.map((name) => statefulSet({name}))
const pods = NAMES.map((name) =>
  pod({name: `${name}-0`, set: name, metadata: {uid: `uid-${name}-0`, ownerReferences: ownedBy(name)}}),
)

function ownedBy(name: string) {
  return [{apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid: `uid-${name}`, controller: true}]
}

function at(seconds: number): string {
  return new Date(Date.parse(NOW) + seconds * 1000).toISOString().replace('.000', '')
}

/** Counts how often each Pod's set is looked at anew. */
function counting(patiences: readonly number[] = []) {
  const memory = createMemory(patiences)
  const worked: string[] = []
  const look = (facts: object, seconds = 0) => {
    const relations = memory({...snapshot(facts), observedAt: at(seconds)})
    worked.splice(0)
    for (const set of relations.snapshot.statefulSets) answer(set, relations)
    return [...worked]
  }
  const answer = (set: StatefulSet, relations: Relations) =>
    relations.once('age', set, () => {
      worked.push(set.metadata?.name ?? '')
      return [relations.podsOf(set.metadata?.uid), relations.snapshot.observedAt]
    })
  return look
}

function changed(one: Pod): Pod {
  return {...one, metadata: {...one.metadata, labels: {changed: 'yes'}}}
}

test('only what is made of something that changed is worked out again', () => {
  const look = counting()
  expect(look({statefulSets: sets, pods})).toEqual(NAMES)
  expect(look({statefulSets: sets, pods: [...pods]})).toEqual([])
  expect(look({statefulSets: sets, pods: pods.with(1, changed(pods[1] as Pod))})).toEqual(['b'])
  expect(look({statefulSets: sets, pods: pods.slice(1)})).toEqual(['a', 'b'])
})

test('a question that remembers gives the same part of its report for what did not change', () => {
  const memory = createMemory()
  for (const question of [mapQuestion, rolloutQuestion]) {
    const facts = {statefulSets: sets, pods, nodes: [node()]}
    const before = question.build(snapshot(facts), {names: []}, memory)
    const next = {...facts, pods: pods.with(2, changed(pods[2] as Pod))}
    const after = question.build(snapshot(next), {names: []}, memory)
    const isSame = after.workloads.map((workload, index) => workload === before.workloads[index])
    expect(isSame).toEqual([true, true, false, true])
  }
})

test('of a set only the ordinal whose Pod has changed is mapped again, and drawn again', () => {
  const memory = createMemory()
  const facts = {statefulSets: [statefulSet({name: 'a', replicas: 3})], nodes: [node()]}
  const three = [0, 1, 2].map((ordinal) =>
    pod({name: `a-${ordinal}`, set: 'a', metadata: {uid: `uid-${ordinal}`, ownerReferences: ownedBy('a')}}),
  )
  const mapOf = (some: readonly Pod[]) =>
    mapQuestion.build(snapshot({...facts, pods: some}), {names: []}, memory)
  const before = mapOf(three)
  const after = mapOf(three.with(1, {...three[1], status: {...three[1]?.status, reason: 'Busy'}} as Pod))
  const ordinalsOf = ({workloads: [workload]}: MapReport) => workload?.ordinals ?? []
  const isSame = ordinalsOf(after).map((ordinal, index) => ordinal === ordinalsOf(before)[index])
  expect(isSame).toEqual([true, false, true])
  const cellsOf = (report: MapReport) => [...(changingOrdinals(report).parts[0]?.lines.values() ?? [])]
  const isDrawn = cellsOf(after).map((cells, index) => cells === cellsOf(before)[index])
  expect(isDrawn).toEqual([true, false, true])
})

test('what looks at the clock is worked out again each second while it is young, and less often as it gets old', () => {
  const look = counting()
  const facts = {
    statefulSets: sets.slice(0, 1),
    pods: [pod({name: 'a-0', set: 'a', metadata: {creationTimestamp: at(-10)}})],
  }
  const isAgain = (seconds: number) => look(facts, seconds).length > 0
  expect([0, 1, 2, 3].map(isAgain)).toEqual([true, true, true, true])
  // a day later it may be half an hour late, but never more than ten minutes
  expect([86_400, 86_401, 86_460, 87_000].map(isAgain)).toEqual([true, false, false, true])
})

test('and in the very second after the time for which somebody waits', () => {
  const [began, now] = [-5000, 0]
  const look = counting([5030])
  const facts = {
    statefulSets: sets.slice(0, 1),
    pods: [pod({name: 'a-0', set: 'a', metadata: {creationTimestamp: at(began)}})],
  }
  const isAgain = (seconds: number) => look(facts, seconds).length > 0
  // as old as that it would be looked at again after 100 seconds
  expect([now, 29, 30, 31, 32, 100].map(isAgain)).toEqual([true, false, true, true, false, false])
})

test('what is gone is not kept', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const memory = createMemory()
  const look = (one: Pod) =>
    mapQuestion.build(snapshot({statefulSets: sets, pods: [one]}), {names: []}, memory)
  const gone = [1, 2, 3].map(() => {
    const one = structuredClone(pods[0] as Pod)
    look(one)
    return new WeakRef(one)
  })
  look(structuredClone(pods[1] as Pod))
  // what a WeakRef has told is kept to the end of the turn
  await new Promise((resolve) => setTimeout(resolve))
  collect()
  expect(gone.map((each) => each.deref())).toEqual([undefined, undefined, undefined])
})
