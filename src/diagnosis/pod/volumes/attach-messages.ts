import {type Cause, rowsOf} from '../../cause.ts'
import type {KnownVolumeMessage, VolumeCauses, VolumeMessage} from './known-message.ts'
import {usersIn, volumeIn} from './volume-words.ts'

/** Whatever is wrong with an attachment. */
export const DETACH_DANGER =
  'delete an attachment by hand, or force a Pod away: that detaches under a node that may still write, and corrupts the data'

/** Where nobody attaches. */
export const ATTACHER = "see whether the driver's controller, with its external-attacher, runs"

/** Where the driver says that it can't. */
export const STORAGE_SYSTEM =
  "look at the storage system's permissions, quota and limits; the driver tries again by itself"

const ATTACH = ['FailedAttachVolume']

/**
 * Of the attach-detach controller, most specific first. From 1.36.4 it says `Waiting for detach for volume …` where it
 * said `Multi-Attach error for volume …`.
 */
export const causes = {
  'attach-multi-pod': {
    title: 'another Pod uses the volume',
    applies: ['StatefulSet', 'DaemonSet', 'PersistentVolumeClaim'],
    sign: '`FailedAttachVolume` says `Volume is already used by pod(s)`, after `Multi-Attach error` or, from 1.36.4 on, `Waiting for detach`. A volume for one node is still in use on another. All Pods of a DaemonSet share the claim that its template names.',
    remedy:
      'Look at the Pod that is named. If it is terminating, see why it does not terminate; if it lives, two workloads use one claim. A DaemonSet needs a volume of each node (`hostPath`, `emptyDir`, a generic ephemeral volume) or a ReadWriteMany claim.',
    avoid: DETACH_DANGER,
    severity: 'error',
    reasons: ATTACH,
    isSaidOnce: true,
    pattern: /volume is already used by/i,
    selfHealing: 'maybe',
    words: (message) => `${volumeIn(message)} is in use by ${usersIn(message)}`,
    ways: ['look at the Pods that have the volume: does one not terminate, or are two meant to share it?'],
  },
  'attach-multi-leftover': {
    title: 'volume still attached elsewhere',
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: '`FailedAttachVolume` says `Volume is already exclusively attached to one node`, after `Multi-Attach error` or, from 1.36.4 on, `Waiting for detach`. No Pod uses it any more, and its VolumeAttachment to the old node remains.',
    remedy:
      "`kubectl get volumeattachment` names that node. If it is not `Ready`, its volume is detached by force after six minutes unless the cluster forbids that; if it is `Ready`, see why it can't unmount.",
    avoid: DETACH_DANGER,
    severity: 'error',
    reasons: ATTACH,
    isSaidOnce: true,
    pattern: /already exclusively attached to one node/i,
    selfHealing: 'maybe',
    words: (message) => `${volumeIn(message)} is still attached to another node, where no Pod uses it`,
    ways: [
      'see whether that node is up: from a dead one the volume is detached by force after six minutes, unless the cluster forbids that',
    ],
  },
  'attach-timeout': {
    title: 'nobody attaches the volume',
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: 'The event says `timed out waiting for external-attacher`, and the VolumeAttachment is neither attached nor has an error: nobody works on it.',
    remedy: 'Look at the controller Pods of the storage driver: the attacher is down or too busy.',
    avoid: DETACH_DANGER,
    severity: 'error',
    reasons: ATTACH,
    pattern: /timed out waiting for external-attacher|attach(ment)? timeout for volume/i,
    selfHealing: 'maybe',
    words: (message) => `${volumeIn(message)} was not attached in time`,
    ways: [ATTACHER],
  },
  'detach-stuck': {
    title: "volume can't be detached",
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: 'The VolumeAttachment is being deleted, and has `status.detachError`. No Pod has an event about it.',
    remedy:
      'Look at the controller of the driver and at the node. The attachment is removed by itself once the detaching succeeds.',
    avoid: DETACH_DANGER,
    severity: 'error',
    reasons: ATTACH,
    pattern: /volume attachment is being deleted/i,
    selfHealing: 'maybe',
    words: (message) => `an earlier attachment of ${volumeIn(message)} is still being deleted`,
    ways: ["look at the storage driver's controller, and at this node"],
  },
  'attach-failed-driver': {
    title: "storage driver can't attach",
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: "`FailedAttachVolume` says `AttachVolume.Attach failed`, and the VolumeAttachment has `status.attachError`. The text is that of the driver: rights, limits, or a volume that it can't find.",
    remedy: 'Act on the text; look at the controller of the driver.',
    avoid: DETACH_DANGER,
    severity: 'error',
    reasons: ATTACH,
    pattern: /^/,
    selfHealing: 'maybe',
    words: (message) => `${volumeIn(message)} can't be attached`,
    ways: [STORAGE_SYSTEM],
  },
} satisfies VolumeCauses

export const ATTACH_MESSAGES: readonly KnownVolumeMessage[] = rowsOf<Cause & VolumeMessage>(causes)

type Attach = keyof typeof causes
export const MULTI_POD = 'attach-multi-pod' satisfies Attach
export const MULTI_LEFTOVER = 'attach-multi-leftover' satisfies Attach
export const ATTACH_FAILED = 'attach-failed-driver' satisfies Attach
export const ATTACH_TIMEOUT = 'attach-timeout' satisfies Attach
export const DETACH_STUCK = 'detach-stuck' satisfies Attach
