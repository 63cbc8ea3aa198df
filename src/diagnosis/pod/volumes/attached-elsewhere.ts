import {isNodeReady} from '../../../model/node.ts'
import {
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type Pod,
  type VolumeAttachment,
} from '../../../model/objects.ts'
import {isTerminal, isTerminating} from '../../../model/pod.ts'
import {isExclusive} from '../../../model/volume.ts'
import {ORPHAN} from '../../claim/attachment.ts'
import type {Finding, Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {FEW, fewText} from '../../words.ts'
import {podReference} from '../reference.ts'
import {otherPodText} from '../scheduling/finding.ts'
import type {PodSubject} from '../subject.ts'
import {MULTI_LEFTOVER, MULTI_POD} from './attach-messages.ts'
import {attachFinding, nodeOf, unattached} from './attached.ts'

/** Attached to another node, and only one at a time may have it. */
export const attachedElsewhere: Rule<PodSubject> = (subject) => {
  const found = unattached(subject).flatMap(({volume, elsewhere}) => {
    const holders = isExclusive(volume) ? elsewhere.filter(isHolding) : []
    return holders.map((attachment) => ({volume, attachment}))
  })[0]
  if (!found) return undefined
  const {volume, attachment} = found
  const users = usersOn(subject, volume, nodeOf(attachment))
  if (users.length > 0) return multiPod(subject, volume, attachment, users)
  return leftover(subject, volume, attachment)
}

/** One that is being deleted holds the volume until it is gone, whatever it says. */
function isHolding({metadata, status}: VolumeAttachment): boolean {
  return status?.attached === true || metadata?.deletionTimestamp !== undefined
}

function leftover(subject: PodSubject, volume: PersistentVolume, attachment: VolumeAttachment): Finding {
  const {relations} = subject
  const node = relations.node(nodeOf(attachment))
  const isGone = !node && relations.sees('nodes', nodeOf(attachment)) && relations.snapshot.nodes.length > 0
  const cause = `volume ${nameOf(volume)} is still attached to node ${nodeOf(attachment)}`
  return attachFinding(subject, attachment, {
    id: isGone ? ORPHAN : MULTI_LEFTOVER,
    severity: isGone ? 'warning' : 'error',
    cause: `${cause}, ${isGone ? 'which no longer exists' : 'and no Pod there uses it any more'}`,
    evidence: `status.attached=${attachment.status?.attached ?? false}`,
    way: isGone ? DETACH_GONE : node && isNodeReady(node) ? DETACH_READY : DETACH_DOWN,
  })
}

const DETACH_GONE = "the driver's controller detaches from a node that is gone, if it runs: look at it"
const DETACH_READY =
  'that node is ready, so nothing is forced: its kubelet has yet to unmount the volume; see its log'
const DETACH_DOWN =
  'six minutes after a node went down it is detached by force, unless the cluster forbids that: bring the node back, or wait'

function multiPod(
  subject: PodSubject,
  volume: PersistentVolume,
  attachment: VolumeAttachment,
  users: readonly Pod[],
): Finding {
  const names = fewText(users.map((each) => otherPodText(each, subject.pod)))
  const areTerminating = users.every(isTerminating)
  const finding = attachFinding(subject, attachment, {
    id: MULTI_POD,
    severity: 'error',
    cause: `volume ${nameOf(volume)} is in use on node ${nodeOf(attachment)} by ${names}${areTerminating ? ', which is terminating' : ''}`,
    evidence: `status.attached=${attachment.status?.attached ?? false}`,
    way: areTerminating
      ? 'see why that Pod does not terminate, and whether its node is up'
      : 'see which of the Pods is meant to have it: two must not share such a volume',
  })
  const look = users
    .slice(0, FEW)
    .map((each) => kubectl('describe', 'pod', '-n', namespaceOf(each), nameOf(each)))
  return {
    ...finding,
    blames: users.map(podReference),
    remedy: finding.remedy && {...finding.remedy, look},
  }
}

/** Pods that have the volume's claim on that node, also those that are terminating. */
function usersOn({pod, relations}: PodSubject, {spec}: PersistentVolume, node: string): readonly Pod[] {
  const claim = relations.claim(spec?.claimRef?.namespace ?? '', spec?.claimRef?.name ?? '')
  if (!claim) return []
  return relations
    .podsMounting(claim)
    .filter((each) => each.spec?.nodeName === node && !isTerminal(each) && nameOf(each) !== nameOf(pod))
}
