import {expect, test} from 'vitest'
import {statefulSetNext} from '../../../src/model/rollout/stateful-set-next.ts'
import {created, factsOf, gone, outcome, PARALLEL, type State} from './set-state.ts'

const SCALED_DOWN: State = {replicas: 4, pods: 'B+ B+ B+ 0 B+ 0 B+', spec: PARALLEL}

/** What the controller does while the API server refuses to create these Pods. */
function nextRefusing(state: State, ...refused: readonly string[]) {
  const facts = factsOf(state)
  if (!facts) throw new Error('the newest generation is not observed')
  const {actions, waitsFor} = statefulSetNext({...facts, refused: new Set(refused)})
  return outcome(actions, waitsFor ? [waitsFor.reason, waitsFor.pod] : undefined)
}

/** kubernetes#140858; fixed by kubernetes#141057, which no 1.37 has. */
test.for([
  ['v1.26.0', [created(3)]],
  ['v1.35.4', [created(3)]],
  ['v1.37.2', [created(3)]],
  ['v1.38.0-alpha.1', [created(3), gone(6), gone(4)]],
  ['v1.38.2', [created(3), gone(6), gone(4)]],
] as const)('%s: what is refused ends the sync of a parallel set', ([version, actions]) => {
  expect(nextRefusing({...SCALED_DOWN, version}, 'web-3')).toEqual(outcome(actions))
})

test('a creation that is not refused is followed by the deletion of what is too many', () => {
  expect(nextRefusing(SCALED_DOWN)).toEqual(outcome([created(3), gone(6), gone(4)]))
  expect(nextRefusing(SCALED_DOWN, 'web-9')).toEqual(outcome([created(3), gone(6), gone(4)]))
})

test('an ordered set deletes what is too many after it has created what is missing, in 1.38, too', () => {
  const ordered = {...SCALED_DOWN, spec: {}, version: 'v1.38.0'}
  expect(nextRefusing(ordered, 'web-3')).toEqual(outcome([created(3)]))
})

test('what is refused in one batch is no reason to leave out the rest of it, and no other batch follows', () => {
  const empty = {replicas: 6, pods: '0', spec: PARALLEL}
  expect(nextRefusing(empty, 'web-1')).toEqual(outcome([created(0), created(1), created(2)]))
})

test('nothing is updated while a creation is refused', () => {
  const state = {replicas: 3, pods: 'A+ A+ 0', spec: PARALLEL}
  expect(nextRefusing(state, 'web-2')).toEqual(outcome([created(2)]))
})
