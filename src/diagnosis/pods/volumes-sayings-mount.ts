import type {VolumeSaying} from './volumes-saying.ts'

const MOUNT = ['FailedMount']
const MOUNT_OR_MAP = ['FailedMount', 'FailedMapVolume']

/** Of the kubelet, most specific first. */
export const MOUNT_SAYINGS: readonly VolumeSaying[] = [
  {
    id: 'mount-csi-driver-not-registered',
    severity: 'error',
    reasons: MOUNT_OR_MAP,
    pattern: /not found in the list of registered CSI drivers/i,
    selfHealing: 'maybe',
    advice: "does the driver's own Pod run on this node? Its DaemonSet registers it there",
  },
  {
    id: 'mount-configmap-secret',
    severity: 'error',
    reasons: MOUNT,
    pattern:
      /(?:configmap|secret)s? "[^"]*" (?:not found|is forbidden)|references non-existent (?:config|secret) key|object "[^"]*"\/"[^"]*" not registered|failed to sync (?:configmap|secret) cache/i,
    selfHealing: 'maybe',
    advice: 'create the object, or the key in it: the kubelet tries again by itself',
  },
  {
    id: 'mount-pv-node-affinity',
    severity: 'error',
    reasons: MOUNT_OR_MAP,
    pattern: /(?:Mount|Map)Volume\.NodeAffinity check failed/i,
    selfHealing: 'no',
    advice:
      "the volume can't be reached from this node: who put the Pod there past the scheduler, or took a label from the node?",
  },
  {
    id: 'sched-rwop-in-use',
    severity: 'error',
    reasons: MOUNT_OR_MAP,
    pattern: /uses the ReadWriteOncePod access mode and is already in use/i,
    selfHealing: 'maybe',
    advice: 'another Pod of this node uses the claim, which only one Pod at a time may do',
  },
  {
    id: 'fs-resize-failed-mount',
    severity: 'error',
    reasons: MOUNT_OR_MAP,
    pattern: /failed while expanding volume|NodeExpandVolume/i,
    selfHealing: 'maybe',
    advice:
      'the file system could not grow: see what the claim says of its expansion, and the log of the kubelet',
  },
  {
    id: 'fs-resize-failed-mount',
    severity: 'error',
    reasons: ['FileSystemResizeFailed', 'VolumeResizeFailed'],
    pattern: /^/,
    selfHealing: 'maybe',
    advice:
      'the file system could not grow: see what the claim says of its expansion, and the log of the kubelet',
  },
  {
    id: 'mount-wait-attached',
    severity: 'warning',
    reasons: MOUNT_OR_MAP,
    pattern:
      /has not been added to the list of VolumesInUse|(?:Mount|Map)Volume\.WaitForAttach failed|not attached according to node status/i,
    selfHealing: 'yes',
    advice:
      'wait: the kubelet and the attach-detach controller have yet to agree that the volume is attached',
  },
  {
    id: 'mount-block',
    severity: 'warning',
    reasons: ['FailedMapVolume'],
    pattern: /^/,
    selfHealing: 'maybe',
    advice: "see the storage driver's own log on this node",
  },
  {
    id: 'mount-timeout',
    severity: 'error',
    reasons: MOUNT,
    pattern: /unable to (?:attach or )?mount volumes/i,
    selfHealing: 'maybe',
    advice:
      'this only sums up: see what other events say of the volumes that it names, and the log of the kubelet',
  },
  {
    id: 'mount-failed-driver',
    severity: 'error',
    reasons: MOUNT,
    pattern: /^/,
    selfHealing: 'maybe',
    advice: "see the storage driver's own log on this node",
    danger: 'to repair or to format a file system by hand can lose what is on it',
  },
  {
    id: 'mount-fsgroup-slow',
    severity: 'info',
    reasons: ['VolumePermissionChangeInProgress'],
    pattern: /^/,
    selfHealing: 'yes',
    advice: 'wait, or set fsGroupChangePolicy: OnRootMismatch in the template',
    danger: 'with it what lies below the top of the volume keeps the owner that it has',
  },
]
