import {expect, test} from 'vitest'
import {mountedClaims} from '../../src/model/mounted-claims.ts'
import {nameOf} from '../../src/model/objects.ts'
import {relate} from '../../src/model/relations.ts'
import {attachment, claim, event, node, pod, service, snapshot, storageClass, volume} from '../builders.ts'

test('objects are found by what they are called, within their namespace', () => {
  const facts = {
    pods: [pod(), pod({namespace: 'other'})],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume()],
    nodes: [node()],
    storageClasses: [storageClass()],
    services: [service()],
  }
  const relations = relate(snapshot(facts))
  expect(relations.pod('other', 'web-0')).toBe(facts.pods[1])
  expect(relations.claim('shop', 'data-web-0')).toBe(facts.persistentVolumeClaims[0])
  expect(relations.claim('other', 'data-web-0')).toBeUndefined()
  expect(relations.volume('pv-data-web-0')).toBe(facts.persistentVolumes[0])
  expect(relations.node('node-a')).toBe(facts.nodes[0])
  expect(relations.storageClass('fast')).toBe(facts.storageClasses[0])
  expect(relations.service('shop', 'web')).toBe(facts.services[0])
  expect(relations.service('other', 'web')).toBeUndefined()
})

test('Pods are their controller’s, by UID; nobody’s UID owns nobody’s Pods', () => {
  const orphan = pod({name: 'web-1', metadata: {ownerReferences: []}})
  const relations = relate(snapshot({pods: [pod(), orphan]}))
  expect(relations.podsOf('uid-web').map(nameOf)).toEqual(['web-0'])
  expect(relations.podsOf(undefined)).toEqual([])
})

test('the Pods that mount a claim come sorted, from its own namespace', () => {
  const volumes = [{name: 'v', persistentVolumeClaim: {claimName: 'data-web-0'}}]
  const pods = [
    pod({name: 'z', spec: {volumes}}),
    pod({name: 'a', spec: {volumes}}),
    pod({namespace: 'other'}),
  ]
  expect(relate(snapshot({pods})).podsMounting(claim()).map(nameOf)).toEqual(['a', 'z'])
})

test('a Pod mounts claims by name and by generic ephemeral volume, in their order', () => {
  const volumes = [
    {name: 'tmp', emptyDir: {}},
    {name: 'scratch', ephemeral: {}},
    {name: 'data', persistentVolumeClaim: {claimName: 'mine'}},
  ]
  expect(mountedClaims(pod({spec: {volumes}}))).toEqual(['web-0-scratch', 'mine'])
  expect(mountedClaims({})).toEqual([])
})

test('a claim may be named for several sets, and one without number for none', () => {
  const names = ['data-a-web-0', 'data-web', 'web-0', 'x-web-1']
  const relations = relate(snapshot({persistentVolumeClaims: names.map((name) => claim({name}))}))
  const namedFor = (set: string) => relations.claimsNamedFor('shop', set).map(nameOf)
  expect([namedFor('web'), namedFor('a-web'), namedFor('data'), namedFor('')]).toEqual([
    ['data-a-web-0', 'x-web-1'],
    ['data-a-web-0'],
    [],
    [],
  ])
  expect(relations.claimsNamedFor('other', 'web')).toEqual([])
})

test('attachments are the volume’s, events the object’s they speak of', () => {
  const inline = {...attachment({name: 'inline'}), spec: {attacher: 'x', nodeName: 'n', source: {}}}
  const said = event('FailedBinding', 'no')
  const relations = relate(snapshot({volumeAttachments: [attachment(), inline], events: [said]}))
  expect(relations.attachmentsOf('pv-data-web-0').map(nameOf)).toEqual(['csi-1'])
  expect(relations.eventsOf('PersistentVolumeClaim', 'shop', 'data-web-0')).toEqual([said])
  expect(relations.eventsOf('Pod', 'shop', 'data-web-0')).toEqual([])
})

test('a kind is seen unless it was asked for in vain', () => {
  const {sees} = relate(snapshot({}, ['persistentVolumes']))
  expect([sees('persistentVolumes'), sees('persistentVolumeClaims'), sees('nodes')]).toEqual([
    false,
    true,
    true,
  ])
})
