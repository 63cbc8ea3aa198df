import {expect, test} from 'vitest'
import {asRequested} from '../../src/model/as-requested.ts'
import {nameOf, namespaceOf} from '../../src/model/objects.ts'
import type {Need} from '../../src/model/scope.ts'
import {event, node, pod, snapshot, statefulSet} from '../builders.ts'
import {revision} from '../builders-daemon.ts'

const ofPod = {kind: 'Pod', namespace: 'shop', name: 'web-0'}

const all = snapshot(
  {
    statefulSets: [
      statefulSet({metadata: {labels: {tier: 'a'}}}),
      statefulSet({name: 'db'}),
      statefulSet({namespace: 'other'}),
    ],
    pods: [pod(), pod({name: 'web-1', spec: {nodeName: 'node-b'}}), pod({namespace: 'other'})],
    nodes: [node(), node({name: 'node-b'})],
    events: [
      event('Provisioning', 'x'),
      event('Killing', 'x', {involvedObject: ofPod}),
      event('Killing', 'x', {involvedObject: {...ofPod, name: 'web-1'}}),
      event('Other', 'x', {metadata: {namespace: 'elsewhere'}, involvedObject: ofPod}),
    ],
    controllerRevisions: [revision('x', 1)],
  },
  ['leases', 'services'],
)

function sets(...needs: readonly Omit<Need, 'resource'>[]): readonly string[] {
  const asked = needs.map((need) => ({resource: 'statefulSets' as const, ...need}))
  return asRequested(all, asked).statefulSets.map((set) => `${namespaceOf(set)}/${nameOf(set)}`)
}

test('a need without limits is for everything of its kind, and of others nothing is read', () => {
  const {unread, ...seen} = asRequested(all, [{resource: 'nodes'}])
  expect(seen).toEqual(snapshot({nodes: all.nodes}))
  expect(unread).toEqual(expect.arrayContaining(['pods', 'events']))
  expect(unread).not.toContain('nodes')
})

test('what cannot be seen is missing only where it is needed', () => {
  expect(asRequested(all, [{resource: 'leases'}]).omissions.map(({resource}) => resource)).toEqual(['leases'])
})

test('what is only read besides is not missed', () => {
  expect(asRequested(all, [{resource: 'leases', isExtra: true}]).omissions).toEqual([])
})

test('a need selects by namespace, name and labels', () => {
  expect(sets({namespace: 'shop'})).toEqual(['shop/web', 'shop/db'])
  expect(sets({namespace: ''})).toEqual([])
  expect(sets({name: 'web'})).toEqual(['shop/web', 'other/web'])
  expect(sets({labelSelector: 'tier=a'})).toEqual(['shop/web'])
  expect(sets({labelSelector: '!tier', namespace: 'other'})).toEqual(['other/web'])
  expect(sets({labelSelector: 'no=one'})).toEqual([])
})

test('what two needs select is there once, in the order of the files', () => {
  expect(sets({name: 'db', namespace: 'shop'}, {namespace: 'shop'})).toEqual(['shop/web', 'shop/db'])
})

test('a need selects by fields', () => {
  const kept = asRequested(all, [
    {
      resource: 'events',
      namespace: 'shop',
      fieldSelector: 'involvedObject.kind=Pod,involvedObject.name=web-0',
    },
    {resource: 'events', namespace: 'shop', fieldSelector: 'involvedObject.kind=PersistentVolumeClaim'},
    {resource: 'pods', fieldSelector: 'spec.nodeName=node-b'},
  ])
  expect(kept.events.map(({reason}) => reason)).toEqual(['Provisioning', 'Killing'])
  expect(kept.pods.map(nameOf)).toEqual(['web-1'])
  expect(kept.controllerRevisions).toEqual([])
})

test('labels of a set that no server would take select nothing', () => {
  expect(sets({labelSelector: 'app=größe'})).toEqual([])
})
