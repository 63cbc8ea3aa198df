import {expect, test} from 'vitest'
import type {PodDisruptionBudget} from '../../../src/model/objects.ts'
import {node, pod, snapshot, statefulSet} from '../../builders.ts'
import {asked, why} from './whys.ts'

const budget: PodDisruptionBudget = {
  metadata: {name: 'web', namespace: 'shop'},
  spec: {minAvailable: 1, selector: {matchLabels: {app: 'web'}}},
  status: {currentHealthy: 1, desiredHealthy: 1, expectedPods: 1, disruptionsAllowed: 0},
}
const drained = node({spec: {unschedulable: true}})
const facts = {
  pods: [pod({spec: {volumes: []}})],
  statefulSets: [statefulSet({templates: []})],
  podDisruptionBudgets: [budget],
}
const idsOf = (others: object) => why('pods', 'web-0', {...facts, ...others}).findings.map(({id}) => id)

test('of a Pod on a node that is being drained it is told what keeps it there', () => {
  expect(idsOf({nodes: [drained]})).toContain('pdb-impossible')
})

test('a budget is no matter where nobody drains, nor one that has something to spare', () => {
  expect(idsOf({nodes: [node()]})).toEqual([])
  const lax = {
    ...budget,
    spec: {...budget.spec, minAvailable: 0},
    status: {...budget.status, desiredHealthy: 0, disruptionsAllowed: 1},
  }
  expect(idsOf({nodes: [drained], podDisruptionBudgets: [lax]})).toEqual([])
})

test('budgets are read only of a Pod on a node that is being drained', () => {
  const BUDGETS = 'list podDisruptionBudgets'
  expect(asked(snapshot({...facts, nodes: [drained]}), 'pods', 'web-0')).toContain(BUDGETS)
  expect(asked(snapshot({...facts, nodes: [node()]}), 'pods', 'web-0')).not.toContain(BUDGETS)
})
