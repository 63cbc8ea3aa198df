import {type Cause, rowsOf} from '../../cause.ts'
import type {KnownVolumeMessage, VolumeCauses, VolumeMessage} from './known-message.ts'
import {pathIn, sourceIn, unfitIn, unmountedIn, volumeIn} from './volume-words.ts'

const MOUNT = ['FailedMount']
export const MOUNT_OR_MAP = ['FailedMount', 'FailedMapVolume']

/** Of the kubelet, most specific first. */
export const causes = {
  'mount-csi-driver-not-registered': {
    title: 'storage driver not registered there',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`FailedMount` says `not found in the list of registered CSI drivers`, or `FailedAttachVolume` and the VolumeAttachment say `CSINode … does not contain driver`: the driver does not run on that node, or the kubelet does not know it yet.',
    remedy:
      "Look at the driver's DaemonSet on that node: a taint or its selector may keep it off, or its Pod there fails. Then at `kubectl get csinode <node> -o yaml`.",
    severity: 'error',
    reasons: [...MOUNT_OR_MAP, 'FailedAttachVolume'],
    isRegisteredLate: true,
    pattern: /not found in the list of registered CSI drivers|CSINode [\s\S]+? does not contain driver/i,
    selfHealing: 'maybe',
    words: () => 'a storage driver is not registered on the node',
    ways: ["see whether the driver's own Pod runs on this node: its DaemonSet registers it there"],
  },
  'mount-configmap-secret': {
    title: "ConfigMap or Secret can't be mounted",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`FailedMount` says that a ConfigMap or Secret is `not found`, that a key is `non-existent`, or that an object is `not registered`. The last one heals by itself.',
    remedy: 'Create the object or the key in the namespace of the Pod; the kubelet tries again.',
    severity: 'error',
    reasons: MOUNT,
    pattern:
      /(?:configmap|secret)s? "[^"]*" (?:not found|is forbidden)|references non-existent (?:config|secret) key|object "[^"]*"\/"[^"]*" not registered|failed to sync (?:configmap|secret) cache/i,
    selfHealing: 'maybe',
    words: sourceIn,
    ways: ['create the object, or the key in it: the kubelet tries again by itself'],
  },
  'mount-host-path': {
    title: 'node lacks the path to mount',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`FailedMount` says `hostPath type check failed`, that a path of the node can not be created (`read-only file system`), or that the `path` of a local volume `does not exist`. No storage driver has a part in it.',
    remedy:
      'Look at that path on that node: create it there, or correct `path` and `type` of the `hostPath` in the template. A local volume needs its disk mounted there.',
    severity: 'error',
    reasons: MOUNT,
    pattern:
      /hostPath type check failed|SetUp failed for volume "[^"]*" : (?:mkdir|open|l?stat) (?!\/var\/lib\/kubelet\/)\/\S*: (?:read-only file system|not a directory|permission denied|no such file)/i,
    selfHealing: 'maybe',
    words: (message) =>
      `${pathIn(message)} ${unfitIn(message)}, and can't be mounted as ${volumeIn(message)}`,
    ways: [
      'see what is at that path on this node, and create it there; the kubelet tries again by itself',
      'correct path and type of the hostPath in the template',
    ],
  },
  'mount-pv-node-affinity': {
    title: 'volume does not belong there',
    applies: ['StatefulSet'],
    sign: "`FailedMount` says `MountVolume.NodeAffinity check failed`: the Pod is on a node from which its volume can't be reached. It was bound past the scheduler, or the labels have changed.",
    remedy: 'Put the labels back, or delete the Pod so that the scheduler chooses again.',
    risk: 'deleting the Pod restarts that member',
    severity: 'error',
    reasons: MOUNT_OR_MAP,
    pattern: /(?:Mount|Map)Volume\.NodeAffinity check failed/i,
    selfHealing: 'no',
    words: (message) => `${volumeIn(message)} can't be reached from the node`,
    ways: [
      'if the node has lost a label, put it back',
      'if the Pod was put there past the scheduler, find out who does that, then delete it so that the scheduler chooses a node',
    ],
    rung: 2,
  },
  'fs-resize-failed-mount': {
    title: 'growing the file system failed',
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: '`FileSystemResizeFailed` or `VolumeResizeFailed` on the Pod and the claim: the larger volume was mounted, and its file system did not grow.',
    remedy: 'Read the text of the event and the log of the driver on that node.',
    severity: 'error',
    reasons: MOUNT_OR_MAP,
    pattern: /failed while expanding volume|NodeExpandVolume/i,
    selfHealing: 'maybe',
    words: (message) => `the file system of ${volumeIn(message)} could not grow`,
    ways: ['see what the claim says of its expansion, and the log of the kubelet'],
  },
  'mount-wait-attached': {
    title: 'mount waits for the attachment',
    applies: ['StatefulSet'],
    sign: '`FailedMount` says `has not been added to the list of VolumesInUse` or `MountVolume.WaitForAttach failed`: the two sides are not yet agreed on the volume.',
    remedy: 'Wait; if it lasts, look at the VolumeAttachment and the kubelet.',
    severity: 'warning',
    reasons: MOUNT_OR_MAP,
    pattern:
      /has not been added to the list of VolumesInUse|(?:Mount|Map)Volume\.WaitForAttach failed|not attached according to node status/i,
    selfHealing: 'yes',
    words: (message) => `${volumeIn(message)} is not yet attached for the kubelet`,
    ways: [
      'wait: the kubelet and the attach-detach controller have yet to agree that the volume is attached',
    ],
  },
  'mount-block': {
    title: "block device can't be mapped",
    applies: ['StatefulSet'],
    sign: 'An event says `FailedMapVolume`: the volume is a raw block device, and could not be handed to the Pod.',
    remedy: "Read the log of the driver's Pod on that node.",
    severity: 'warning',
    reasons: ['FailedMapVolume'],
    pattern: /^/,
    selfHealing: 'maybe',
    words: (message) => `the block device of ${volumeIn(message)} can't be mapped`,
    ways: ["see the storage driver's own log on this node"],
  },
  'mount-timeout': {
    title: 'volumes do not come in time',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`FailedMount` says `Unable to attach or mount volumes` with the names of the volumes. It is a summary of what went on for two minutes.',
    remedy:
      'Look for another `FailedMount` or `FailedAttachVolume` about the same volume, then at the log of the kubelet.',
    severity: 'error',
    reasons: MOUNT,
    rank: 'summary',
    isSummary: true,
    pattern: /unable to (?:attach or )?mount volumes/i,
    selfHealing: 'maybe',
    words: (message) => `${unmountedIn(message)} not mounted in time`,
    ways: ['see what other events say of these volumes, and the log of the kubelet: this event only sums up'],
  },
  'mount-failed-driver': {
    title: "storage driver can't mount",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`FailedMount` says `MountVolume.MountDevice failed` or `MountVolume.SetUp failed`; the rest is the text of the driver.',
    remedy: "Read the log of the driver's Pod on that node.",
    avoid:
      'repair or format the file system by hand while anybody may have it mounted: that can lose what is on it',
    severity: 'error',
    reasons: MOUNT,
    pattern: /^/,
    selfHealing: 'maybe',
    words: (message) => `${volumeIn(message)} can't be mounted`,
    ways: ["see the storage driver's own log on this node"],
  },
  'mount-fsgroup-slow': {
    title: 'file ownership is being changed',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An event `VolumePermissionChangeInProgress` (1.33 and newer), or a long `ContainerCreating` with `fsGroup` on a volume with many files. The kubelet goes through each of them.',
    remedy: 'Wait; for next time set `fsGroupChangePolicy: OnRootMismatch`.',
    risk: 'with OnRootMismatch, files below the top directory of the volume keep the owner that they have',
    severity: 'info',
    reasons: ['VolumePermissionChangeInProgress'],
    pattern: /^/,
    selfHealing: 'yes',
    words: () => 'the owner of all files of a volume is being changed',
    ways: ['wait', 'for the next time, set fsGroupChangePolicy: OnRootMismatch in the template'],
  },
} satisfies VolumeCauses

export const DRIVER_MISSING = 'mount-csi-driver-not-registered' satisfies keyof typeof causes
const RESIZE = 'fs-resize-failed-mount' satisfies keyof typeof causes

/** The same cause in an event of its own, whatever it says. */
const RESIZE_FAILED: KnownVolumeMessage = {
  ...causes[RESIZE],
  id: RESIZE,
  reasons: ['FileSystemResizeFailed', 'VolumeResizeFailed'],
  pattern: /^/,
}

const HOST_PATH = 'mount-host-path' satisfies keyof typeof causes

/** The path of a local volume is that of a disk: a new directory in its place would be another volume. */
const LOCAL_PATH: KnownVolumeMessage = {
  ...causes[HOST_PATH],
  id: HOST_PATH,
  pattern: /NewMounter initialization failed for volume "[^"]*" : path "[^"]*" does not exist/i,
  words: (message) => `the path of local ${volumeIn(message)} does not exist on the node`,
  ways: [
    "see whether the local volume's disk is mounted at that path on this node, and mount it: an empty directory in its place is not the volume; the kubelet tries again by itself",
  ],
}

export const MOUNT_MESSAGES: readonly KnownVolumeMessage[] = [
  LOCAL_PATH,
  ...rowsOf<Cause & VolumeMessage>(causes),
  RESIZE_FAILED,
]
