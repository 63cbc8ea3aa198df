import {expect, test} from 'vitest'
import type {StorageClass} from '../../../src/model/objects.ts'
import {named, web, whatIf} from './asking.ts'

const SCALE = {action: 'scale', replicas: 4, neverReady: []} as const

const zoned = (...zones: readonly string[]): StorageClass => ({
  metadata: {name: 'fast'},
  provisioner: 'disk.example.com',
  volumeBindingMode: 'WaitForFirstConsumer',
  ...(zones.length > 0 && {
    allowedTopologies: [{matchLabelExpressions: [{key: 'topology.kubernetes.io/zone', values: [...zones]}]}],
  }),
})

/** Where the Pod could go that a scale-up creates, with a claim of that class. */
const nodesOfNew = (storageClass: StorageClass) => {
  const facts = {...web(3, {pinned: true}), storageClasses: [storageClass]}
  return whatIf(facts, SCALE, named('statefulSets', 'web')).pods.find(({name}) => name === 'web-3')?.nodes
}

test('a volume is made only where its class allows it', () => {
  expect(nodesOfNew(zoned('zone-b'))).toEqual(['node-b'])
  expect(nodesOfNew(zoned('zone-a', 'zone-c'))).toEqual(['node-a', 'node-c'])
  expect(nodesOfNew(zoned('zone-x'))).toEqual([])
})

test('a class without allowedTopologies has its volumes made anywhere', () => {
  expect(nodesOfNew(zoned())).toEqual(['node-a', 'node-b', 'node-c'])
})
