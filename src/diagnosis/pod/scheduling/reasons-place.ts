import {POD_UNSCHEDULED} from '../../claim/waits-for-pod.ts'
import type {SchedulingCauses} from './reason.ts'

const PLACE = ['bring a node that reaches the volume back: the data is only there', 'add such a node']

/** Of volumes that have to be created again in another place. */
export const RECREATED_EMPTY =
  'a recreated claim is empty, and what its volume holds is lost unless it was copied before'

const KEEP_CLAIM = {
  avoid:
    'delete the claim: that gives the Pod a new, empty volume, and gives up the data of this one permanently',
  risk: RECREATED_EMPTY,
  riskWhen: 'no node can ever reach all volumes of the Pod, so that a claim has to be recreated elsewhere',
}

/** Where the volumes of the Pod are, or could be. Most specific first, in all wordings of 1.20 to 1.37. */
export const causes = {
  'sched-pv-node-affinity': {
    title: 'volume is out of reach',
    applies: ['StatefulSet'],
    sign: "The scheduler says `volume node affinity conflict`, from 1.33 `didn't match PersistentVolume's node affinity`. The volume can be reached only from certain nodes or one zone, and those are gone, full or closed.",
    remedy:
      'Bring such a node back, or add room in the zone of the volume. Read the other reasons of the message too: they say what is wrong with the fitting nodes.',
    ...KEEP_CLAIM,
    pattern: /volume node affinity conflict|didn't match PersistentVolume's node affinity/i,
    severity: 'error',
    words: "the volume of the Pod can't be reached",
    ways: ['see why the nodes that reach the volume do not take the Pod: the data is only there'],
    onSeveral: PLACE,
    stage: 'place',
    about: 'reach',
  },
  'sched-pv-zone': {
    title: 'volume is in another zone',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `had no available volume zone`: the volume has an old zone label that no free node has.',
    remedy: 'Add room in that zone.',
    ...KEEP_CLAIM,
    pattern: /no available volume zone/i,
    severity: 'error',
    words: "the volume of the Pod is in another zone, and can't be reached",
    ways: ['see why the nodes in the zone of the volume do not take the Pod: the data is only there'],
    onSeveral: PLACE,
    stage: 'place',
    about: 'reach',
  },
  'sched-no-pv-to-bind': {
    title: 'no volume fits the claim',
    applies: ['StatefulSet'],
    sign: "The scheduler says `didn't find available persistent volumes to bind`: no free volume fits, the topologies of the class leave the node out, or the claim was promised to another node.",
    remedy:
      'Create a volume that fits, correct `allowedTopologies` of the class, or see the annotation `volume.kubernetes.io/selected-node` of the claim.',
    rank: 'pointer',
    covers: [POD_UNSCHEDULED],
    pattern: /didn't find available persistent volumes to bind/i,
    severity: 'error',
    words: 'no volume for a claim of the Pod can be reached',
    ways: ['see whether allowedTopologies of the class leaves the node out', 'create a volume that fits'],
    stage: 'place',
    about: 'binding',
  },
  'sched-csi-capacity': {
    title: 'storage has no room',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `did not have enough free storage`, going by the CSIStorageCapacity objects of the driver.',
    remedy:
      'Free storage where the Pod may run. If there is some, the objects are stale: look at the provisioner.',
    pattern: /did not have enough free storage/i,
    severity: 'error',
    words: 'not enough free storage can be reached',
    ways: [
      'see whether the storage is really full: its CSIStorageCapacity objects may be stale',
      'free storage there',
    ],
    stage: 'place',
  },
} satisfies SchedulingCauses

export const OUT_OF_REACH = 'sched-pv-node-affinity' satisfies keyof typeof causes
export const NO_VOLUME = 'sched-no-pv-to-bind' satisfies keyof typeof causes
