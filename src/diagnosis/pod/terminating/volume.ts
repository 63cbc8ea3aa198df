import {eligibility} from '../../../model/daemon-eligibility.ts'
import {mountedClaims} from '../../../model/mounted-claims.ts'
import {
  controllerUid,
  type DaemonSet,
  type Node,
  nameOf,
  namespaceOf,
  type Pod,
} from '../../../model/objects.ts'
import {isReady, isTerminating} from '../../../model/pod.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {fewText} from '../../words.ts'
import {describeNode, describePod, inspect} from '../finding.ts'
import {otherPodText} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {hasStopped, isKeptOn, terminatingFinding} from './facts.ts'

const AVOID =
  'force the Pod away: its volume stays mounted and attached, and the next Pod may find it in use, or dirty'

export const causes = {
  'term-volume-unmount-stuck': {
    title: "volume can't be unmounted",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The Pod is overdue, its node is `Ready`, all containers have stopped, there are no finalizers, and the node still lists the volume in `status.volumesInUse`. Failures to unmount never make an event.',
    remedy:
      'Read the log of the kubelet for `UnmountVolume.TearDown failed`; repair the storage driver on that node or the file server behind it.',
    avoid: AVOID,
  },
  'term-kubelet-or-csi-pod-down': {
    title: 'storage driver missing on the node',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The Pod is overdue on a node that is `Ready`, its containers have stopped, and the storage driver's own Pod on that node is missing or not ready. Nobody is there to unmount.",
    remedy: 'Repair the DaemonSet of the storage driver on that node first; the rest follows.',
    avoid: AVOID,
  },
} satisfies Causes

/** Its containers have terminated on a node that is well, and no finalizer keeps it: volumes are what is left. */
function isUnmounting(subject: PodSubject): boolean {
  const {pod} = subject
  const hasFinalizers = (pod.metadata?.finalizers ?? []).length > 0
  return isKeptOn(subject) && hasStopped(pod) && !hasFinalizers && mountedClaims(pod).length > 0
}

/** Its claims whose volumes a CSI driver serves, and how its node calls these (csi_plugin GetVolumeName, `^`). */
function csiVolumes({pod, relations}: PodSubject) {
  return mountedClaims(pod).flatMap((name) => {
    const claim = relations.claim(namespaceOf(pod), name)
    const {driver, volumeHandle} = relations.volume(claim?.spec?.volumeName ?? '')?.spec?.csi ?? {}
    return claim && driver ? [{name, claim, uniqueName: `kubernetes.io/csi/${driver}^${volumeHandle}`}] : []
  })
}

/** Claims that the node has in use, and no other Pod there uses by right. */
function volumesInUse(subject: PodSubject): readonly string[] {
  const {node, pod, relations} = subject
  const inUse: readonly string[] = node?.status?.volumesInUse ?? []
  return csiVolumes(subject)
    .filter(({uniqueName}) => inUse.includes(uniqueName))
    .filter(({claim}) =>
      relations
        .podsMounting(claim)
        .every((each) => each === pod || each.spec?.nodeName !== pod.spec?.nodeName),
    )
    .map(({name}) => name)
}

/** Silent: a kubelet that can't unmount says so in its log and nowhere else. */
const unmountStuck: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const claims = isUnmounting(subject) ? volumesInUse(subject) : []
  if (!node || claims.length === 0) return undefined
  return terminatingFinding(subject, {
    id: 'term-volume-unmount-stuck',
    severity: 'error',
    message: `Unmounting the volume of claim ${fewText(claims)} hangs or fails on node ${nameOf(node)}, and ${nameOf(pod)} has stopped`,
    evidence: [
      `all containers of pod/${nameOf(pod)} have terminated`,
      `node/${nameOf(node)} status.volumesInUse has the volume of pvc/${claims.slice(0, 5).join(', pvc/')}`,
    ],
    remedy: inspect(
      [describePod(pod), describeNode(nameOf(node))],
      "read the kubelet's log for UnmountVolume and UnmountDevice, as no event says why; then repair the storage driver's Pod on that node, or the dead file server",
      AVOID,
    ),
  })
}

interface Trouble {
  readonly text: string
  readonly evidence: string
}

/** The helper container by which every CSI driver makes itself known to the kubelet. */
const REGISTRAR = /node-driver-registrar/

function isPlugin(spec: Pod['spec'] | undefined): boolean {
  return (spec?.containers ?? []).some(({name, image}) => REGISTRAR.test(`${name} ${image ?? ''}`))
}

/** What should serve volumes on that node and does not, in words and as proof. */
function pluginTrouble({pod, relations}: PodSubject, node: Node): Trouble | undefined {
  const {snapshot, podsOf, podsOn, once} = relations
  const {daemonSets} = snapshot
  const isOne = ({spec}: DaemonSet) => isPlugin(spec?.template?.spec)
  const sets = once('storage plugins', daemonSets, () => daemonSets.filter(isOne))
  for (const set of sets) {
    const pods = podsOf(set.metadata?.uid)
    const here = podsOn(nameOf(node)).filter((each) => controllerUid(each) === set.metadata?.uid)
    const unready = here.find((each) => !isReady(each))
    if (unready && here.every((each) => !isReady(each)))
      return {
        text: `Pod ${otherPodText(unready, pod)} is not ready`,
        evidence: `pod/${nameOf(unready)} on node/${nameOf(node)} has no condition Ready=True`,
      }
    // of a set none of whose Pods was seen, one that is missing says nothing
    if (here.length === 0 && pods.some((each) => !isTerminating(each)) && isWanted(set, node))
      return {
        text: `DaemonSet ${namespaceOf(set)}/${nameOf(set)} has no Pod there`,
        evidence: `no Pod of daemonset/${nameOf(set)} has spec.nodeName=${nameOf(node)}`,
      }
  }
  return undefined
}

function isWanted({spec}: DaemonSet, node: Node): boolean {
  return eligibility(spec?.template, node).shouldRun
}

const pluginDown: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const trouble =
    node && isUnmounting(subject) && csiVolumes(subject).length > 0 ? pluginTrouble(subject, node) : undefined
  if (!node || !trouble) return undefined
  return terminatingFinding(subject, {
    id: 'term-kubelet-or-csi-pod-down',
    severity: 'error',
    message: `A storage driver is down on node ${nameOf(node)}, which can't unmount the volumes of ${nameOf(pod)}: ${trouble.text}`,
    evidence: [`all containers of pod/${nameOf(pod)} have terminated`, trouble.evidence],
    remedy: inspect(
      [describeNode(nameOf(node)), describePod(pod)],
      "repair the storage driver's DaemonSet on that node first: the kubelet then unmounts by itself",
      AVOID,
    ),
  })
}

/** Its containers have terminated, and its volumes are not let go. */
export const terminatingVolume: Rule<PodSubject> = firstCause([pluginDown, unmountStuck])
