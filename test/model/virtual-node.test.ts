import {expect, test} from 'vitest'
import type {Node} from '../../src/model/objects.ts'
import {virtualSign} from '../../src/model/virtual-node.ts'
import {tainted} from '../builders-daemon.ts'

const labelled = (key: string, value: string) => tainted('n1', [], {metadata: {labels: {[key]: value}}})
const version = (kubeletVersion: string): Node => ({...tainted('n1'), status: {nodeInfo: {kubeletVersion}}})

test.for<[Node, string, string | undefined]>([
  [labelled('type', 'virtual-kubelet'), 'label type=virtual-kubelet', 'type NotIn [virtual-kubelet]'],
  [
    labelled('liqo.io/type', 'virtual-node'),
    'label liqo.io/type=virtual-node',
    'liqo.io/type NotIn [virtual-node]',
  ],
  [
    labelled('virtual-kubelet.io/provider', 'x'),
    'label virtual-kubelet.io/provider=x',
    'virtual-kubelet.io/provider DoesNotExist',
  ],
  [
    tainted('n1', ['virtual-node.liqo.io/not-allowed=true:NoExecute']),
    'taint virtual-node.liqo.io/not-allowed',
    undefined,
  ],
  [
    tainted('n1', ['virtual-kubelet.io/provider=azure:NoSchedule']),
    'taint virtual-kubelet.io/provider',
    undefined,
  ],
  [
    version('v1.19.10-vk-azure-aci-1.4.1'),
    'status.nodeInfo.kubeletVersion=v1.19.10-vk-azure-aci-1.4.1',
    undefined,
  ],
])('%#: a virtual node', ([node, text, keptOff]) => {
  expect(virtualSign(node)).toEqual({text, keptOff})
})

test.for([
  tainted('n1'),
  labelled('eks.amazonaws.com/compute-type', 'ec2'),
  labelled('type', 'worker'),
  labelled('kubernetes.io/role', 'agent'),
  // its kubelet is simulated, and its daemons work
  labelled('type', 'kwok'),
  tainted('n1', ['virtualization=yes:NoSchedule']),
  version('v1.33.4-eks-1234567'),
  version('v1.33.4-gke.1'),
])('%#: a machine', (node) => {
  expect(virtualSign(node)).toBeUndefined()
})
