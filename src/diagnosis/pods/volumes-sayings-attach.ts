import type {VolumeSaying} from './volumes-saying.ts'

const ATTACH = ['FailedAttachVolume']
const FORCED =
  'deleting an attachment by hand, or forcing a Pod away, detaches under a node that may still write'

/**
 * Of the attach-detach controller, most specific first. From 1.36.4 it says `Waiting for detach for volume …` where it
 * said `Multi-Attach error for volume …`.
 */
export const ATTACH_SAYINGS: readonly VolumeSaying[] = [
  {
    id: 'attach-multi-pod',
    severity: 'error',
    reasons: ATTACH,
    pattern: /volume is already used by/i,
    selfHealing: 'maybe',
    advice: 'look at the Pods that have the volume: does one not end, or are two meant to share it?',
    danger: FORCED,
  },
  {
    id: 'attach-multi-leftover',
    severity: 'error',
    reasons: ATTACH,
    pattern: /already exclusively attached to one node/i,
    selfHealing: 'maybe',
    advice:
      'no Pod uses the volume any more, and it is still attached to another node: is that node up? Of a dead one it is detached by force after six minutes, unless the cluster forbids that',
    danger: FORCED,
  },
  {
    id: 'attach-timeout',
    severity: 'error',
    reasons: ATTACH,
    pattern: /timed out waiting for external-attacher|attach(ment)? timeout for volume/i,
    selfHealing: 'maybe',
    advice: "does the driver's controller, with its external-attacher, run?",
    danger: FORCED,
  },
  {
    id: 'detach-stuck',
    severity: 'error',
    reasons: ATTACH,
    pattern: /volume attachment is being deleted/i,
    selfHealing: 'maybe',
    advice: "an earlier attachment to this node does not end: look at the storage driver's controller",
    danger: FORCED,
  },
  {
    id: 'attach-failed-driver',
    severity: 'error',
    reasons: ATTACH,
    pattern: /^/,
    selfHealing: 'maybe',
    advice: "look at the storage system's permissions, quota and limits; the driver tries again",
    danger: FORCED,
  },
]
