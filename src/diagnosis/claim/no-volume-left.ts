import {requestOf, storageClassOf, waitsForConsumer} from '../../model/claim.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {hasFitting} from './released-volume.ts'

const NO_PROVISIONER = 'kubernetes.io/no-provisioner'
/** The VolumeBinding plugin's words (1.20 to 1.37). */
const NONE_FOUND = "didn't find available persistent volumes to bind"

/** People make the volumes of the class, and no free one fits. Whether one is in reach is not looked at. */
export const noVolumeLeft: Rule<ClaimSubject> = (subject) => {
  const {claim, relations, name} = subject
  const storageClass = claim && relations.storageClass(storageClassOf(claim) ?? '')
  if (!claim || claim.spec?.volumeName || storageClass?.provisioner !== NO_PROVISIONER) return undefined
  if (!relations.sees('persistentVolumes') || hasFitting(subject, 'Available')) return undefined
  const pod = refusedPod(subject)
  if (waitsForConsumer(storageClass) && !pod) return undefined
  const size = requestOf(claim) ?? '<none>'
  return claimFinding(subject, {
    id: 'sched-no-pv-to-bind',
    severity: 'error',
    message: `${claimText(subject)} finds no volume: no free PersistentVolume of StorageClass ${nameOf(storageClass)} fits it, and the class has no provisioner to make one`,
    evidence: [
      `pvc/${name} wants ${size}, storageclass/${nameOf(storageClass)} provisioner=${NO_PROVISIONER}`,
      ...(pod ? [`pod/${nameOf(pod)} condition PodScheduled=False: ${messageOf(pod)}`] : []),
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'pv')],
      advice: `create a PersistentVolume of StorageClass ${nameOf(storageClass)} and of at least ${size}, where the Pod may run`,
      danger: '',
      rung: 0,
    },
  })
}

/** A Pod that uses the claim, and for which the scheduler has looked for a volume. */
function refusedPod({claim, relations}: ClaimSubject): Pod | undefined {
  return claim && relations.podsMounting(claim).find((pod) => messageOf(pod).includes(NONE_FOUND))
}

function messageOf(pod: Pod): string {
  const condition = pod.status?.conditions?.find(
    ({type, status}) => type === 'PodScheduled' && status === 'False',
  )
  return condition?.message ?? ''
}
