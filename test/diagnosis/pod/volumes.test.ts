import {expect, test} from 'vitest'
import {volumes} from '../../../src/diagnosis/pod/volumes/volumes.ts'
import type {Event, Pod, VolumeAttachment} from '../../../src/model/objects.ts'
import {attachment, CREATED, claim, containerStatus, event, node, pod, volume} from '../../builders.ts'
import {adviceOf} from '../remedies.ts'
import {type Facts, idOf} from '../subjects.ts'
import {mountTroubles} from '../troubles-volumes.ts'
import {ofPod} from './volumes-subject.ts'

const JUST_NOW = '2026-05-01T11:59:30Z'

test.for(Object.entries(mountTroubles))('%s is found where it is', ([id, facts]) => {
  expect(idOf(ofPod(volumes, facts('web')))).toBe(id)
})

/** `web-0` on node-a; nothing of it has begun. */
function creating(others: Parameters<typeof pod>[0] = {}): Pod {
  const {status = {}, ...rest} = others
  return pod({
    ...rest,
    status: {
      phase: 'Pending',
      conditions: [{type: 'PodScheduled', status: 'True', lastTransitionTime: CREATED}],
      containerStatuses: [containerStatus({state: {waiting: {reason: 'ContainerCreating'}}})],
      ...status,
    },
  })
}

/** Said of `web-0`, last at that minute of the hour before now. */
function said(reason: string, message: string, minute = 59, others: Partial<Event> = {}): Event {
  return event(reason, message, {
    involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'},
    lastTimestamp: `2026-05-01T11:${minute}:00Z`,
    ...others,
  })
}

const waiting = (others: Facts = {}): Facts => ({
  pods: [creating()],
  nodes: [node(), node({name: 'node-b'})],
  persistentVolumeClaims: [claim()],
  persistentVolumes: [volume()],
  ...others,
})
const attached = (others: Parameters<typeof attachment>[0] = {}): readonly VolumeAttachment[] => [
  attachment({...others, spec: {nodeName: 'node-b', ...others?.spec}}),
]

test('a volume that nobody uses any more, and that is still attached elsewhere', () => {
  expect(ofPod(volumes, waiting({volumeAttachments: attached()}))).toEqual({
    id: 'attach-multi-leftover',
    severity: 'error',
    message:
      "Volume pv-data-web-0 is still attached to node node-b, and no Pod there uses it any more (web-0 can't start on node-a)",
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    since: CREATED,
    evidence: ['volumeattachment/csi-1 on node/node-b status.attached=true'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe volumeattachment csi-1'],
      act: [
        {
          text: 'that node is ready, so nothing is forced: its kubelet has yet to unmount the volume; see its log',
          commands: [],
        },
      ],
      risk: '',
      avoid:
        'delete an attachment by hand, or force a Pod away: that detaches under a node that may still write, and corrupts the data',
      rung: 0,
    },
  })
})

const other = pod({
  name: 'copy',
  spec: {nodeName: 'node-b', volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}]},
})
const terminating = {...other, metadata: {...other.metadata, deletionTimestamp: CREATED}}
const down = node({name: 'node-b', status: {conditions: [{type: 'Ready', status: 'Unknown'}]}})

test.for<[string, Facts, RegExp, RegExp]>([
  [
    'two live Pods that want it',
    waiting({pods: [creating(), other], volumeAttachments: attached()}),
    /is in use on node node-b by Pod copy \(web-0 can't/,
    /which of the Pods is meant to have it/,
  ],
  [
    'a Pod that does not end',
    waiting({pods: [creating(), terminating], volumeAttachments: attached()}),
    /by Pod copy, which is terminating \(/,
    /whether its node is up/,
  ],
  [
    'a node that went down',
    waiting({nodes: [node(), down], volumeAttachments: attached()}),
    /no Pod there uses it/,
    /six minutes/,
  ],
])('%s: who has the volume, and what to look at', ([, facts, message, advice]) => {
  const finding = ofPod(volumes, facts)
  expect(finding?.message).toMatch(message)
  expect(adviceOf(finding)).toMatch(advice)
})

const FAILED = 'AttachVolume.Attach failed for volume "pv-data-web-0" : rpc error: quota'
const SUMMARY =
  'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[]: timed out waiting for the condition'
const MAP = 'MountVolume.SetUp failed for volume "config" : configmap "x" not found'

test.for<[string, Facts, string | undefined]>([
  [
    'a volume that many may have',
    waiting({
      persistentVolumes: [volume({spec: {accessModes: ['ReadWriteMany']}})],
      volumeAttachments: attached(),
    }),
    undefined,
  ],
  [
    'an attachment elsewhere that never came about',
    waiting({volumeAttachments: attached({status: {attached: false}})}),
    undefined,
  ],
  [
    'a Pod that has just moved',
    waiting({
      pods: [
        creating({
          status: {conditions: [{type: 'PodScheduled', status: 'True', lastTransitionTime: JUST_NOW}]},
        }),
      ],
      volumeAttachments: attached(),
    }),
    'info attach-multi-leftover',
  ],
  [
    'an attachment of half a minute',
    waiting({
      volumeAttachments: attached({
        metadata: {creationTimestamp: JUST_NOW},
        spec: {nodeName: 'node-a'},
        status: {attached: false},
      }),
    }),
    undefined,
  ],
  [
    'a volume that is attached here',
    waiting({volumeAttachments: attached({spec: {nodeName: 'node-a'}})}),
    undefined,
  ],
  [
    'a failure to attach that the object says is over',
    waiting({
      volumeAttachments: attached({spec: {nodeName: 'node-a'}}),
      events: [said('FailedAttachVolume', FAILED)],
    }),
    undefined,
  ],
  [
    'nodes that nobody could see are not gone',
    waiting({nodes: [], volumeAttachments: attached(), unseen: ['nodes']}),
    'error attach-multi-leftover',
  ],
  [
    'the error of the driver, where attachments are not seen',
    waiting({events: [said('FailedAttachVolume', FAILED)]}),
    'error attach-failed-driver',
  ],
  [
    'a timeout of the driver',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'AttachVolume.Attach failed for volume "v" : timed out waiting for external-attacher of csi.test CSI driver to attach volume h',
        ),
      ],
    }),
    'error attach-timeout',
  ],
  [
    'the same, as it was said up to 1.22',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'AttachVolume.Attach failed for volume "v" : attachment timeout for volume h',
        ),
      ],
    }),
    'error attach-timeout',
  ],
  [
    'Multi-Attach up to 1.36.3: Pods',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'Multi-Attach error for volume "v" Volume is already used by pod(s) web-9',
        ),
      ],
    }),
    'error attach-multi-pod',
  ],
  [
    'Multi-Attach up to 1.36.3: leftover',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'Multi-Attach error for volume "v" Volume is already exclusively attached to one node and can\'t be attached to another',
        ),
      ],
    }),
    'error attach-multi-leftover',
  ],
  [
    'from 1.36.4 on: Pods',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'Waiting for detach for volume "v" Volume is already used by 2 pod(s) in different namespaces',
        ),
      ],
    }),
    'error attach-multi-pod',
  ],
  [
    'from 1.36.4 on: leftover',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'Waiting for detach for volume "v" Volume is already exclusively attached to one node, waiting on detach before it can be attached to another node',
        ),
      ],
    }),
    'error attach-multi-leftover',
  ],
  [
    'an earlier attachment that does not end',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'AttachVolume.Attach failed for volume "v" : volume attachment is being deleted',
        ),
      ],
    }),
    'error detach-stuck',
  ],
  ['the summary, alone', waiting({events: [said('FailedMount', SUMMARY)]}), 'error mount-timeout'],
  [
    'the summary beside what it sums up',
    waiting({events: [said('FailedMount', SUMMARY), said('FailedMount', MAP, 55)]}),
    'error mount-configmap-secret',
  ],
  [
    'the summary beside slow ownership',
    waiting({
      events: [
        said('FailedMount', SUMMARY),
        said('VolumePermissionChangeInProgress', 'Setting volume ownership'),
      ],
    }),
    'info mount-fsgroup-slow',
  ],
  [
    'a failure of half an hour ago beside a fresh one',
    waiting({
      events: [
        said('FailedMount', MAP, 30),
        said('FailedMount', 'MountVolume.MountDevice failed for volume "v" : rpc error'),
      ],
    }),
    'error mount-failed-driver',
  ],
  [
    'Multi-Attach is said once, and stays true',
    waiting({
      events: [
        said(
          'FailedAttachVolume',
          'Multi-Attach error for volume "v" Volume is already used by pod(s) web-9',
          20,
        ),
        said('FailedMount', SUMMARY),
      ],
    }),
    'error attach-multi-pod',
  ],
  [
    'a volume that was attached later',
    waiting({
      events: [
        said('FailedAttachVolume', FAILED, 50),
        said('SuccessfulAttachVolume', 'AttachVolume.Attach succeeded for volume "pv-data-web-0" ', 51),
      ],
    }),
    undefined,
  ],
  [
    'a sandbox that fails after the volumes are mounted',
    waiting({events: [said('FailedMount', MAP, 50), said('FailedCreatePodSandBox', 'no', 55)]}),
    undefined,
  ],
  [
    'an earlier Pod of the name',
    waiting({
      events: [
        said('FailedMount', MAP, 59, {
          involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'old'},
        }),
      ],
    }),
    undefined,
  ],
  [
    'a driver that is yet to register on a node that has just joined',
    waiting({
      nodes: [node({metadata: {name: 'node-a', creationTimestamp: JUST_NOW}})],
      events: [said('FailedMount', 'driver name d not found in the list of registered CSI drivers')],
    }),
    'info mount-csi-driver-not-registered',
  ],
  [
    'a driver that is missing for a block volume, too',
    waiting({
      events: [
        said(
          'FailedMapVolume',
          'MapVolume.SetUpDevice failed: driver name d not found in the list of registered CSI drivers',
        ),
      ],
    }),
    'error mount-csi-driver-not-registered',
  ],
  ['no event and no attachment', waiting(), undefined],
])('%s', ([, facts, wanted]) => {
  const finding = ofPod(volumes, facts)
  expect(finding && `${finding.severity} ${finding.id}`).toBe(wanted)
})

test.for<[string, Pod]>([
  ['runs', pod()],
  ['has no node yet', creating({spec: {nodeName: ''}})],
  ['is terminating', {...creating(), metadata: {...creating().metadata, deletionTimestamp: CREATED}}],
  ['has a sandbox', creating({status: {conditions: [{type: 'PodReadyToStartContainers', status: 'True'}]}})],
  [
    'pulls its image',
    creating({
      status: {containerStatuses: [containerStatus({state: {waiting: {reason: 'ImagePullBackOff'}}})]},
    }),
  ],
  [
    'has an init container at work',
    creating({status: {initContainerStatuses: [containerStatus({state: {running: {startedAt: CREATED}}})]}}),
  ],
])('a Pod that %s does not wait for volumes', ([, one]) => {
  expect(ofPod(volumes, waiting({pods: [one], events: [said('FailedMount', MAP)]}))).toBeUndefined()
})

const SETUP = 'MountVolume.SetUp failed for volume "v" : '

test.for<[string, string]>([
  [`${SETUP}hostPath type check failed: /run/docker.sock is not a socket file`, 'mount-host-path'],
  [
    `${SETUP}hostPath type check failed, /x is not a file, unable to determine its type: no`,
    'mount-host-path',
  ],
  [`${SETUP}mkdir /opt/agent: read-only file system`, 'mount-host-path'],
  [
    'MountVolume.NewMounter initialization failed for volume "v" : path "/mnt/disks/a" does not exist',
    'mount-host-path',
  ],
  [`${SETUP}rpc error: code = Internal desc = mkdir /data: read-only file system`, 'mount-failed-driver'],
  [`${SETUP}mkdir /var/lib/kubelet/pods/1/volumes/v: read-only file system`, 'mount-failed-driver'],
])('a path of the node is no matter of a storage driver: %s', ([message, id]) => {
  const finding = ofPod(volumes, waiting({events: [said('FailedMount', message)]}))
  expect(finding?.id).toBe(id)
  expect(adviceOf(finding).includes('storage driver')).toBe(id === 'mount-failed-driver')
})

test('of a local volume the disk is asked for, and no new directory', () => {
  const message = 'MountVolume.NewMounter initialization failed for volume "v" : path "/mnt/a" does not exist'
  const finding = ofPod(volumes, waiting({events: [said('FailedMount', message)]}))
  expect(adviceOf(finding)).toContain('an empty directory in its place is not the volume')
})

const DAEMON = [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'uid-agent', controller: true}]
const USED = said(
  'FailedAttachVolume',
  'Multi-Attach error for volume "v" Volume is already used by pod(s) web-1',
)
const mounting = {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'buffer'}}]}
const daemon = (others: Parameters<typeof pod>[0] = {}) =>
  pod({
    name: 'web-1',
    ...others,
    metadata: {ownerReferences: DAEMON, ...others?.metadata},
    spec: {nodeName: 'node-b', ...mounting, ...others?.spec},
    status: {
      containerStatuses: [containerStatus({state: {running: {startedAt: CREATED}}})],
      ...others?.status,
    },
  })
const stuck = creating({metadata: {ownerReferences: DAEMON}, spec: mounting})

test.for<[string, readonly Pod[], boolean]>([
  ['a sibling elsewhere has the claim', [stuck, daemon()], true],
  ['the sibling is terminating', [stuck, daemon({metadata: {deletionTimestamp: CREATED}})], false],
  ['the sibling waits as well', [stuck, daemon({status: {containerStatuses: []}})], false],
  ['the sibling has a claim of its own', [stuck, daemon({spec: {volumes: []}})], false],
  ['another set has it', [stuck, daemon({metadata: {ownerReferences: []}})], false],
  ['Pods of a StatefulSet', [creating({spec: mounting}), daemon({metadata: {}})], false],
])('one claim for all Pods of a DaemonSet: %s', ([, pods, isShared]) => {
  const finding = ofPod(volumes, waiting({pods, events: [USED]}))
  expect(finding?.id).toBe('attach-multi-pod')
  expect(finding?.message.includes('of the same DaemonSet has it on node node-b')).toBe(isShared)
  expect(adviceOf(finding).includes('ReadWriteMany')).toBe(isShared)
})
