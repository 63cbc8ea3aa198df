import {expect, test} from 'vitest'
import {judgePod} from '../../../src/diagnosis/pod/judge.ts'
import {driverMissing, missingDriver} from '../../../src/diagnosis/pod/volumes/driver-missing.ts'
import {relate} from '../../../src/model/relations.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {pod, snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, tainted, unreadyPod} from '../../builders-daemon.ts'

test.for<[string, string | undefined]>([
  ['CSINode n1 does not contain driver disk.csi.example.org', 'disk.csi.example.org'],
  [
    'AttachVolume.Attach failed for volume "v" : CSINode n1 does not contain driver driver.longhorn.io.',
    'driver.longhorn.io',
  ],
  [
    'kubernetes.io/csi: mounter failed: driver name a.b not found in the list of registered CSI drivers',
    'a.b',
  ],
  ['0/3 nodes are available: 3 ebs.csi.aws.com CSI driver is not installed on the node.', 'ebs.csi.aws.com'],
  ['AttachVolume.Attach failed for volume "v" : rpc error: code = Internal', undefined],
  ['CSINode n1 has no driver', undefined],
])('%s', ([text, driver]) => {
  expect(missingDriver(text)).toBe(driver)
})

const set = daemonSet({
  template: {
    containers: [{name: 'driver-registrar'}],
    volumes: [{name: 'p', hostPath: {path: '/var/lib/kubelet/plugins/a.b'}}],
  },
})
const SAID = 'CSINode n1 does not contain driver a.b'

function why(facts: Partial<Observed>, text = SAID) {
  return driverMissing(text, 'n1', relate(snapshot({daemonSets: [set], ...facts})))?.why
}

test.for<[string, Partial<Observed>, string]>([
  [
    'a taint keeps its DaemonSet off',
    {nodes: [tainted('n1', ['a=b:NoSchedule'])]},
    '; DaemonSet shop/agent, which brings that driver, is kept off n1: untolerated taint a=b:NoSchedule',
  ],
  [
    'its DaemonSet has no Pod there',
    {nodes: [tainted('n1')]},
    '; DaemonSet shop/agent, which brings that driver, has no Pod on n1',
  ],
  [
    'its Pod there crashes',
    {nodes: [tainted('n1')], pods: [unreadyPod('n1', {reason: 'CrashLoopBackOff'})]},
    '; DaemonSet shop/agent, which brings that driver, has Pod agent-n1 on n1, which is CrashLoopBackOff',
  ],
  [
    'its Pod there works',
    {nodes: [tainted('n1')], pods: [daemonPod('n1')]},
    '; DaemonSet shop/agent, which brings that driver, has Pod agent-n1 on n1, which is ready',
  ],
  ['the node was not seen', {}, ''],
  ['no DaemonSet brings it', {daemonSets: [], nodes: [tainted('n1')]}, ''],
])('the driver is missing, and %s', ([, facts, text]) => {
  expect(why(facts)).toBe(text)
})

test('another failure of the driver is no missing driver', () => {
  expect(why({nodes: [tainted('n1')]}, 'rpc error: code = Internal')).toBeUndefined()
})

test('the scheduler says it, and the DaemonSet that should bring the driver is named', () => {
  const message = '0/1 nodes are available: 1 a.b CSI driver is not installed on the node.'
  const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}]
  const waiting = pod({spec: {volumes: []}, status: {phase: 'Pending', conditions}})
  const {nodeName: _, ...spec} = waiting.spec ?? {containers: []}
  const facts = {daemonSets: [set], nodes: [tainted('n1')], pods: [{...waiting, spec}]}
  const finding = judgePod({...waiting, spec}, relate(snapshot(facts)))
  expect(finding?.id).toBe('sched-csi-driver-missing')
  expect(finding?.message).toContain('DaemonSet shop/agent, which brings that driver, has no Pod on n1')
})
