import {expect, test} from 'vitest'
import {allowedNodes, reaches, volumeSource} from '../../src/model/volume.ts'
import {node, pinnedTo, volume} from '../builders.ts'

const ZONE = 'topology.kubernetes.io/zone'
const BETA = 'failure-domain.beta.kubernetes.io/zone'

function labelled(labels: Readonly<Record<string, string>>) {
  return {metadata: {name: 'x', labels}}
}

const pinned = volume({spec: pinnedTo(ZONE, 'a')})
const nowhere = volume({spec: {nodeAffinity: {required: {nodeSelectorTerms: []}}}})
const byName = volume({
  spec: {
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [{matchFields: [{key: 'metadata.name', operator: 'In', values: ['n1']}]}],
      },
    },
  },
})

/** semantics.md 3.9, and near misses. */
test.for([
  ['V1: another zone does not reach it', pinned, {[ZONE]: 'b'}, false],
  ['its own zone does', pinned, {[ZONE]: 'a'}, true],
  ['V2: an empty list of terms is reached from nowhere', nowhere, {[ZONE]: 'a'}, false],
  ['V3: the field metadata.name is not looked at', byName, {}, true],
  [
    'V4: a beta label of the volume is met by the GA label of the node',
    volume(labelled({[BETA]: 'a'})),
    {[ZONE]: 'a'},
    true,
  ],
  [
    'a GA label of the volume is not met by a beta label of the node',
    volume(labelled({[ZONE]: 'a'})),
    {[BETA]: 'a'},
    false,
  ],
  ['V5: a label may list zones', volume(labelled({[ZONE]: 'a__b'})), {[ZONE]: 'b'}, true],
  ['and no other', volume(labelled({[ZONE]: 'a__b'})), {[ZONE]: 'c'}, false],
  ['a list with a hole in it is ignored', volume(labelled({[ZONE]: 'a__'})), {[ZONE]: 'c'}, true],
  ['a node without any zone label passes', volume(labelled({[ZONE]: 'a'})), {}, true],
  [
    'a node that has only a region does not meet a zone',
    volume(labelled({[ZONE]: 'a'})),
    {'topology.kubernetes.io/region': 'r'},
    false,
  ],
  [
    'zone label and affinity must both fit',
    volume({...labelled({[ZONE]: 'b'}), spec: pinnedTo(ZONE, 'a')}),
    {[ZONE]: 'a'},
    false,
  ],
  ['affinity without required terms is none', volume({spec: {nodeAffinity: {}}}), {}, true],
] as const)('%s', ([, what, labels, expected]) => {
  expect(reaches(what, node(labelled(labels)))).toBe(expected)
})

test.for([
  ['kubernetes.io/hostname', {nodes: ['y', 'z']}],
  [ZONE, {zones: ['y', 'z']}],
  [BETA, {zones: ['y', 'z']}],
  ['topology.ebs.csi.aws.com/zone', {zones: ['y', 'z']}],
  ['topology.gke.io/zone', {zones: ['y', 'z']}],
  ['topology.disk.csi.azure.com/zone', {zones: ['y', 'z']}],
  ['topology.cinder.csi.openstack.org/zone', {zones: ['y', 'z']}],
  ['topology.csi.vmware.com/zone', {zones: ['y', 'z']}],
  ['example.com/rack', {}],
] as const)('the key %s names %o', ([key, expected]) => {
  expect(allowedNodes(volume({spec: pinnedTo(key, 'z', 'y', 'z')}))).toEqual(expected)
})

test('terms are put together, and what is not In names nobody', () => {
  const term = (operator: string, value: string) => ({
    matchExpressions: [{key: ZONE, operator, values: [value]}],
  })
  const nodeSelectorTerms = [term('In', 'b'), term('NotIn', 'c'), term('In', 'a')]
  expect(allowedNodes(volume({spec: {nodeAffinity: {required: {nodeSelectorTerms}}}}))).toEqual({
    zones: ['a', 'b'],
  })
  expect(allowedNodes(volume())).toEqual({})
})

test('a volume is called after its CSI driver, else after its plugin', () => {
  const {csi: _, ...rest} = volume().spec ?? {}
  expect(volumeSource(volume())).toBe('csi.test')
  expect(volumeSource({spec: {...rest, local: {path: '/d'}}})).toBe('local')
  expect(volumeSource({spec: {nfs: {path: '/', server: 's'}, accessModes: ['ReadWriteMany']}})).toBe('nfs')
  expect(volumeSource({})).toBe('unknown')
})
