import {isReservedFor, requestOf, storageClassOf, waitsForConsumer} from '../../model/claim.ts'
import {refusal} from '../../model/node.ts'
import {
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StorageClass,
} from '../../model/objects.ts'
import {nodesReaching, wishText} from '../../model/placement.ts'
import type {Relations} from '../../model/relations.ts'
import {firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {refusalText} from '../node-refusal.ts'
import {notReadyTrouble} from '../node-trouble.ts'
import {SETTLING_SECONDS, secondsBetween} from '../patience.ts'
import {reachText} from '../pod/scheduling/finding.ts'
import {NO_VOLUME} from '../pod/scheduling/reasons-place.ts'
import type {ClaimSubject} from '../subjects.ts'
import {FEW, fewText} from '../words.ts'
import {claimFinding, claimText, textOf} from './claim-finding.ts'
import {fittingVolumes, hasFitting} from './released-volume.ts'

const NO_PROVISIONER = 'kubernetes.io/no-provisioner'
/** The VolumeBinding plugin's words (1.20 to 1.37). */
const NONE_FOUND = "didn't find available persistent volumes to bind"

/** People create the volumes of the class, and no free one fits. */
const noneFits: Rule<ClaimSubject> = (subject) => {
  const {claim, relations, name} = subject
  const storageClass = claim && relations.storageClass(storageClassOf(claim) ?? '')
  if (!claim || claim.spec?.volumeName || storageClass?.provisioner !== NO_PROVISIONER) return undefined
  if (!relations.sees('persistentVolumes') || hasFitting(subject, 'Available')) return undefined
  // the binder writes the volume first
  if (
    relations.volumesKeptFor(namespaceOf(claim), nameOf(claim)).some((volume) => isReservedFor(volume, claim))
  )
    return undefined
  const pod = refusedPod(subject)
  if (waitsForConsumer(storageClass) && !pod) return undefined
  const size = requestOf(claim) ?? '<none>'
  return claimFinding(subject, {
    id: NO_VOLUME,
    // where the scheduler has looked already there is nothing to wait for
    severity: pod || !isNew(subject) ? 'error' : 'info',
    message: `No free PersistentVolume of StorageClass ${nameOf(storageClass)} fits, and nobody creates one (${claimText(subject)})`,
    evidence: [
      `pvc/${name} wants ${size}, storageclass/${nameOf(storageClass)} provisioner=${NO_PROVISIONER}`,
      ...(pod ? [`pod/${nameOf(pod)} condition PodScheduled=False${textOf(messageOf(pod))}`] : []),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pv')],
      act: [{text: createText(storageClass, claim), commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
}

/** Whoever makes volumes may make them together with the claim, and the binder takes its time. */
function isNew({claim, relations}: ClaimSubject): boolean {
  return secondsBetween(claim?.metadata?.creationTimestamp, relations.snapshot.observedAt) < SETTLING_SECONDS
}

/** Those that fit are only on nodes that do not take the Pod. */
const noneInReach: Rule<ClaimSubject> = (subject) => {
  const {claim, relations} = subject
  const storageClass = claim && relations.storageClass(storageClassOf(claim) ?? '')
  const pod = refusedPod(subject)
  if (!claim || claim.spec?.volumeName || storageClass?.provisioner !== NO_PROVISIONER || !pod)
    return undefined
  if (!relations.sees('persistentVolumes') || !relations.sees('nodes')) return undefined
  if (relations.snapshot.nodes.length === 0) return undefined
  const {places, nodes, hasOpen} = placesOf(fittingVolumes(subject, 'Available'), pod, relations)
  if (places.length === 0 || hasOpen) return undefined
  return claimFinding(subject, {
    id: NO_VOLUME,
    severity: 'error',
    message: `No free PersistentVolume of StorageClass ${nameOf(storageClass)} is in reach, only ${fewText(
      places.slice(0, FEW).map(({text}) => text),
      places.length - FEW,
    )} ${places.length > 1 ? 'fit' : 'fits'} (${claimText(subject)})`,
    ...(nodes.length > 0 &&
      nodes.length <= FEW && {blames: nodes.map((node) => ({kind: 'Node', name: nameOf(node)}))}),
    evidence: [
      `storageclass/${nameOf(storageClass)} provisioner=${NO_PROVISIONER}`,
      ...places.slice(0, FEW).flatMap(({evidence}) => evidence),
      `pod/${nameOf(pod)} condition PodScheduled=False${textOf(messageOf(pod))}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [
        kubectl('get', 'pv'),
        ...nodes.slice(0, FEW).map((node) => kubectl('describe', 'node', nameOf(node))),
      ],
      act: [
        ...(nodes.length > 0 ? [{text: 'bring that node back into service', commands: []}] : []),
        {text: createText(storageClass, claim), commands: []},
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
}

function createText(storageClass: StorageClass, claim: PersistentVolumeClaim): string {
  return `create a PersistentVolume of StorageClass ${nameOf(storageClass)} and of at least ${requestOf(claim) ?? '<none>'}, where the Pod may run`
}

interface Place {
  readonly text: string
  readonly evidence: readonly string[]
  readonly isOpen: boolean
  readonly node: Node | undefined
}

/** Where a volume is, and why the Pod can't go there. */
function placeOf(volume: PersistentVolume, pod: Pod, relations: Relations): Place {
  const near = nodesReaching([volume], relations)
  const template = pod.spec && {spec: pod.spec}
  const [node] = near
  const name = `${nameOf(volume)} (${reachText(volume)}`
  const trouble = notReadyTrouble(node)
  const evidence = [
    `pv/${nameOf(volume)} status.phase=Available, spec.nodeAffinity allows ${reachText(volume)}`,
    ...(trouble ? [trouble.evidence] : []),
  ]
  const isOpen = near.some((each) => refusal(each, template) === undefined)
  const refused = node && refusal(node, template)
  const why = node ? (trouble?.text ?? (refused ? refusalText(refused) : '')) : 'which is not there'
  const others = near.length > 1 ? `, where node ${nameOf(node ?? {})}` : node ? ', which' : ','
  return {text: `${name}${others} ${why})`, evidence, isOpen, node}
}

/** The same for all claims and Pods that wish for the same. */
function placesOf(volumes: readonly PersistentVolume[], pod: Pod, relations: Relations) {
  return relations.once(`places ${wishText(pod)}`, volumes, () => {
    const places = volumes.map((volume) => placeOf(volume, pod, relations))
    return {places, nodes: distinctNodes(places), hasOpen: places.some(({isOpen}) => isOpen)}
  })
}

function distinctNodes(places: readonly Place[]): readonly Node[] {
  return [...new Set(places.flatMap(({node}) => node ?? []))]
}

/** Nobody creates volumes of the class, and none of those that people made can be had. */
export const noVolumeLeft: Rule<ClaimSubject> = firstCause([noneFits, noneInReach])

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
