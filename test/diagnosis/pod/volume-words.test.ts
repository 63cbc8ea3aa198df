import {expect, test} from 'vitest'
import {volumes} from '../../../src/diagnosis/pod/volumes/volumes.ts'
import {CREATED, claim, containerStatus, event, node, pod, volume} from '../../builders.ts'
import {ofPod} from './volumes-subject.ts'

/** `web-0` on node-a, which waits for its volumes, and the only thing that is said of it. */
function said(reason: string, message: string) {
  const waiting = pod({
    status: {
      phase: 'Pending',
      conditions: [{type: 'PodScheduled', status: 'True', lastTransitionTime: CREATED}],
      containerStatuses: [containerStatus({state: {waiting: {reason: 'ContainerCreating'}}})],
    },
  })
  const involvedObject = {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'}
  return ofPod(volumes, {
    pods: [waiting],
    nodes: [node()],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume()],
    events: [event(reason, message, {involvedObject, lastTimestamp: '2026-05-01T11:59:00Z'})],
  })
}

const SETUP = 'MountVolume.SetUp failed for volume "v" : '
const ATTACH = 'AttachVolume.Attach failed for volume "v" : '

test.for<[string, string, string]>([
  ['FailedMount', `${SETUP}configmap "x" not found`, 'ConfigMap x does not exist'],
  ['FailedMount', `${SETUP}secret "x" not found`, 'Secret x does not exist'],
  [
    'FailedMount',
    `${SETUP}secrets "x" is forbidden: User "system:node:a" cannot get it`,
    'Secret x may not be read by the kubelet',
  ],
  [
    'FailedMount',
    `${SETUP}references non-existent config key: a.conf`,
    'A key that volume v asks for does not exist in its ConfigMap',
  ],
  [
    'FailedMount',
    `${SETUP}object "shop"/"x" not registered`,
    'The kubelet has not read the ConfigMap or Secret of volume v yet',
  ],
  [
    'FailedMount',
    `${SETUP}hostPath type check failed: /lib/modules is not a directory`,
    "Path /lib/modules of the node is not a directory, and can't be mounted as volume v",
  ],
  [
    'FailedMount',
    `${SETUP}hostPath type check failed: /run/docker.sock is not a socket file`,
    "Path /run/docker.sock of the node is not a socket file, and can't be mounted as volume v",
  ],
  [
    'FailedMount',
    `${SETUP}mkdir /opt/agent: read-only file system`,
    "Path /opt/agent of the node is on a read-only file system, and can't be mounted as volume v",
  ],
  [
    'FailedMount',
    'Unable to attach or mount volumes: unmounted volumes=[data wal], unattached volumes=[]: timed out waiting for the condition',
    'Volumes data, wal were not mounted in time',
  ],
  [
    'FailedAttachVolume',
    'Multi-Attach error for volume "v" Volume is already used by pod(s) web-9',
    'Volume v is in use by Pod web-9 on another node',
  ],
  [
    'FailedAttachVolume',
    'Waiting for detach for volume "v" Volume is already used by 2 pod(s) in different namespaces',
    'Volume v is in use by a Pod on another node',
  ],
  ['FailedAttachVolume', `${ATTACH}rpc error: quota`, "Volume v can't be attached"],
  [
    'FailedMapVolume',
    'MapVolume.SetUpDevice failed for volume "v"',
    "The block device of volume v can't be mapped",
  ],
  [
    'FailedMount',
    'driver name csi.test not found in the list of registered CSI drivers',
    'Storage driver csi.test is not registered on the node',
  ],
])('%s: %s', ([reason, message, words]) => {
  const finding = said(reason, message)
  expect(finding?.message).toBe(`${words} (web-0 can't start on node-a)`)
  expect(finding?.evidence[0]).toBe(
    `pod/web-0 event ${reason} ×3, last seen 2026-05-01T11:59:00Z: ${message}`,
  )
})

test('the proof is without the UIDs of Pods', () => {
  const finding = said(
    'FailedMount',
    `${SETUP}configmap "x" not found in pod "web-0_shop(ade9eb3d-0000-4000-8000-000000000000)"`,
  )
  expect(finding?.evidence[0]).toMatch(/in pod "web-0"$/)
})
