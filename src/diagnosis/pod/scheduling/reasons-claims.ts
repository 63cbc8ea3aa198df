import {isImmediate, unboundClaims} from './mounted-claims.ts'
import type {SchedulingCauses} from './reason.ts'

/** What all of them need, whoever is pending for it. */
export const SEE_CLAIM = 'the claim is the cause: see what is wrong with it'

const WRITE_TO_NEW =
  'write to a recreated claim before you know who deleted the old one: the new one is empty'

/** A claim of the Pod holds it back on every node. Most specific first, in all wordings of 1.20 to 1.37. */
export const causes = {
  'sched-unbound-immediate-pvc': {
    title: 'claim is not bound',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `pod has unbound immediate PersistentVolumeClaims`. The claim does not wait for the Pod; it is the cause itself.',
    remedy: 'See what is wrong with the claim: `kubectl describe pvc <claim>`.',
    rank: 'pointer',
    pattern: /unbound immediate PersistentVolumeClaims/i,
    severity: 'error',
    ways: [SEE_CLAIM],
    claim: {
      state: 'not bound',
      means: (each, subject) =>
        unboundClaims(subject).some(({name}) => name === each.name) && isImmediate(each, subject),
      isBrief: true,
    },
  },
  'sched-pv-missing': {
    title: "claim's volume does not exist",
    applies: ['StatefulSet'],
    sign: 'The scheduler says that the claim is `bound to non-existent` volumes; the phase of the claim is `Lost`.',
    remedy:
      'See the claim: its PersistentVolume object was deleted, and has to be created again if the storage behind it survives.',
    avoid: WRITE_TO_NEW,
    rank: 'pointer',
    pattern: /bound to non-existent (pv\(s\)|persistentvolume)/i,
    severity: 'error',
    ways: [SEE_CLAIM],
    claim: {
      state: 'bound to a volume that does not exist',
      means: ({claim, volume}, {relations}) =>
        claim?.status?.phase === 'Lost' ||
        (claim?.spec?.volumeName !== undefined &&
          !volume &&
          relations.sees('persistentVolumes', claim.spec.volumeName)),
    },
  },
  'sched-pvc-not-found': {
    title: 'claim does not exist',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `persistentvolumeclaim "…" not found`. From 1.27 the set creates it again; before, it does not do so for a Pod that is there already.',
    remedy: 'Wait on 1.27 and newer; on older servers `kubectl delete pod <pod>`.',
    avoid: WRITE_TO_NEW,
    rank: 'pointer',
    pattern: /persistentvolumeclaim "[^"]*" not found/i,
    severity: 'error',
    ways: [SEE_CLAIM],
    claim: {state: 'missing', means: ({claim}) => !claim},
  },
  'sched-pvc-being-deleted': {
    title: 'claim is terminating',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `persistentvolumeclaim "…" is being deleted`. The Pod can\'t use a claim that is terminating.',
    remedy:
      'To keep the data, set the reclaim policy of its volume to `Retain` now; then see why the claim is still terminating.',
    avoid: 'take the finalizers of the claim away: with reclaim policy Delete its data is deleted with it',
    rank: 'pointer',
    pattern: /persistentvolumeclaim "[^"]*" is being deleted/i,
    severity: 'error',
    ways: [SEE_CLAIM],
    claim: {
      state: 'terminating',
      means: ({claim}) => claim?.metadata?.deletionTimestamp !== undefined,
    },
  },
  'sched-ephemeral-pvc': {
    title: 'ephemeral claim is being created',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `waiting for ephemeral volume controller to create the persistentvolumeclaim`.',
    remedy:
      'Wait. If it lasts, a claim of that name may belong to something else, or kube-controller-manager is down.',
    pattern: /waiting for ephemeral volume controller/i,
    severity: 'warning',
    ways: ['wait: a controller creates the claim of the ephemeral volume'],
    claim: {state: 'not created yet by the ephemeral volume controller', means: ({claim}) => !claim},
  },
  'sched-rwop-in-use': {
    title: 'claim is in use elsewhere',
    applies: ['StatefulSet'],
    sign: 'The scheduler speaks of `ReadWriteOncePod access mode`: another Pod uses the claim, and only one may. Often it is the Pod before, which is still terminating.',
    remedy: 'See why the other Pod is still there.',
    avoid: 'force the other Pod away while it may still write: that corrupts the data',
    pattern: /ReadWriteOncePod access mode/i,
    severity: 'error',
    words: 'the claim of the Pod (ReadWriteOncePod) is in use by another Pod',
    isOfNoNode: true,
    ways: ['see which Pod uses the claim, and why: only one at a time may'],
    about: 'users',
  },
} satisfies SchedulingCauses

export const CLAIM_MISSING = 'sched-pvc-not-found' satisfies keyof typeof causes
export const RWOP_IN_USE = 'sched-rwop-in-use' satisfies keyof typeof causes
