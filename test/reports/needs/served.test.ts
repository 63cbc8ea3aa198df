import {expect, test} from 'vitest'
import {relate} from '../../../src/model/relations.ts'
import {servedNeeds} from '../../../src/reports/needs/served.ts'
import {service, snapshot, statefulSet} from '../../builders.ts'

/** The set's Pods have the labels of the builder; the Service has that selector. */
function asked(selector: Record<string, string>) {
  const set = statefulSet()
  const services = [service({spec: {selector}})]
  return servedNeeds([set], relate(snapshot({statefulSets: [set], services})))
}

test('a Service that serves others is asked whom', () => {
  expect(asked({app: 'other', tier: 'db'})).toEqual([
    {resource: 'pods', namespace: 'shop', labelSelector: 'app=other,tier=db'},
  ])
})

test.for([
  ['the set itself', statefulSet().spec?.template?.metadata?.labels as Record<string, string>],
  ['by what is no label', {app: 'other '}],
  ['nobody, and is given its endpoints by hand', {}],
] as const)('nothing is asked of a Service that selects %s', ([, selector]) => {
  expect(asked(selector)).toEqual([])
})
