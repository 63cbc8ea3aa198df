import {expect, test} from 'vitest'
import type {StatefulSet} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {named, nodes, web, whatIf} from './asking.ts'

type RollingUpdate = NonNullable<
  NonNullable<NonNullable<StatefulSet['spec']>['updateStrategy']>['rollingUpdate']
>

/** `web` with five ordinals side by side, on kubelets of that version: nobody tells the server's. */
function served(kubeletVersion: string, rollingUpdate: RollingUpdate = {}): Partial<Observed> {
  const facts = web(5)
  return {
    ...facts,
    nodes: nodes.map(
      (each) => ({...each, status: {...each.status, nodeInfo: {kubeletVersion}}}) as typeof each,
    ),
    statefulSets: (facts.statefulSets ?? []).map((set) => ({
      ...set,
      spec: {
        ...set.spec,
        podManagementPolicy: 'Parallel',
        updateStrategy: {type: 'RollingUpdate', rollingUpdate},
      } as StatefulSet['spec'],
    })) as readonly StatefulSet[],
  }
}

const IGNORED = 'this server does not respect maxUnavailable of a StatefulSet: one Pod at a time'

function updated(facts: Partial<Observed>, maxUnavailable?: number) {
  const {steps, assumptions} = whatIf(
    facts,
    {action: 'update', partition: undefined, maxUnavailable, neverReady: []},
    named('statefulSets', 'web'),
  )
  return {rounds: steps.length, isWarned: assumptions.includes(IGNORED)}
}

test.each([
  ['v1.37.0', 3, false],
  ['v1.36.1', 5, true],
  ['v1.35.5', 5, true],
  ['v1.35.1', 3, false],
  // it drops the field, unless somebody has turned its gate on
  ['v1.34.2', 5, true],
])('%s replaces two at a time in %i rounds, and what it ignores is said', (version, rounds, isWarned) => {
  expect(updated(served(version), 2)).toEqual({rounds, isWarned})
})

test('a field that is there on an old server says that its gate was turned on', () => {
  expect(updated(served('v1.34.2', {maxUnavailable: 1}), 2)).toEqual({rounds: 3, isWarned: false})
  expect(updated(served('v1.34.2', {maxUnavailable: 2}))).toEqual({rounds: 3, isWarned: false})
  expect(updated(served('v1.36.1', {maxUnavailable: 2})).rounds).toBe(5)
})
