import {expect, test} from 'vitest'
import {
  isDefaultClass,
  isReservedFor,
  requestOf,
  storageClassOf,
  trueConditions,
  waitsForConsumer,
} from '../../src/model/claim.ts'
import {claim, storageClass, volume} from '../builders.ts'

const BETA = 'volume.beta.kubernetes.io/storage-class'

test('the beta annotation names the class before the field does, and none is not the empty one', () => {
  expect(storageClassOf(claim({metadata: {annotations: {[BETA]: 'old'}}}))).toBe('old')
  expect(storageClassOf(volume({metadata: {annotations: {[BETA]: 'old'}}}))).toBe('old')
  expect(storageClassOf(claim())).toBe('fast')
  expect(storageClassOf(claim({spec: {storageClassName: ''}}))).toBe('')
  expect(storageClassOf({})).toBeUndefined()
})

test('a class is the default by its annotation, of today or of before', () => {
  const marked = (key: string, value: string) =>
    storageClass({metadata: {name: 'c', annotations: {[key]: value}}})
  expect(isDefaultClass(marked('storageclass.kubernetes.io/is-default-class', 'true'))).toBe(true)
  expect(isDefaultClass(marked('storageclass.beta.kubernetes.io/is-default-class', 'true'))).toBe(true)
  expect(isDefaultClass(marked('storageclass.kubernetes.io/is-default-class', 'false'))).toBe(false)
  expect(isDefaultClass(storageClass())).toBe(false)
})

test('only WaitForFirstConsumer waits; a class that is not there binds at once', () => {
  expect(waitsForConsumer(storageClass({volumeBindingMode: 'WaitForFirstConsumer'}))).toBe(true)
  expect(waitsForConsumer(storageClass())).toBe(false)
  expect(waitsForConsumer(undefined)).toBe(false)
})

const ref = {namespace: 'shop', name: 'data-web-0'}

test.for([
  ['with its UID', {...ref, uid: 'uid-data-web-0'}, true],
  ['V6: with the UID of a former claim', {...ref, uid: 'uid-old'}, false],
  ['without UID, as a person writes it', ref, true],
  ['with an empty UID', {...ref, uid: ''}, true],
  ['of another name', {...ref, name: 'other'}, false],
  ['of another namespace', {...ref, namespace: 'other'}, false],
] as const)('whether a volume is kept for a claim: a claimRef %s', ([, claimRef, expected]) => {
  expect(isReservedFor(volume({spec: {claimRef}}), claim())).toBe(expected)
})

test('a volume without claimRef is kept for nobody', () => {
  const {claimRef: _, ...spec} = volume().spec ?? {}
  expect(isReservedFor({...volume(), spec}, claim())).toBe(false)
})

test('what a claim asks for and what is true of it', () => {
  const conditions = [
    {type: 'Resizing', status: 'True'},
    {type: 'NodeResizeError', status: 'False', message: 'not now'},
    {type: 'FileSystemResizePending', status: 'True', message: 'soon'},
  ]
  expect(requestOf(claim())).toBe('1Gi')
  expect(requestOf({})).toBeUndefined()
  expect([...trueConditions(claim({status: {conditions}}))]).toEqual([
    ['Resizing', ''],
    ['FileSystemResizePending', 'soon'],
  ])
  expect([...trueConditions({})]).toEqual([])
})
