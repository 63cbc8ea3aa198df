import {eligibility} from '../../model/daemon-eligibility.ts'
import {type DaemonSet, type Node, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import {mountedClaims} from '../../model/relations.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {describePod, look} from './containers-finding.ts'
import {hasStopped, isKeptOn, leavingFinding} from './leaving-facts.ts'
import type {PodSubject} from './subject.ts'

/** Its containers have ended on a node that is well, and no finalizer keeps it: volumes are what is left. */
function isUnmounting(subject: PodSubject): boolean {
  const {pod} = subject
  const hasFinalizers = (pod.metadata?.finalizers ?? []).length > 0
  return isKeptOn(subject) && hasStopped(pod) && !hasFinalizers && mountedClaims(pod).length > 0
}

const FORCED =
  'forcing the Pod away leaves its volume mounted and attached: the next Pod may find it in use, or dirty'

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
  return leavingFinding(subject, {
    id: 'term-volume-unmount-stuck',
    severity: 'error',
    message: `${podText(pod)} has stopped, and node ${nameOf(node)} still has the volume of claim ${fewText(claims)} in use: its unmounting hangs or fails`,
    evidence: [
      `pod/${nameOf(pod)} has ended all its containers`,
      `node/${nameOf(node)} status.volumesInUse has the volume of pvc/${claims.slice(0, 5).join(', pvc/')}`,
    ],
    remedy: look(
      [describePod(pod), kubectl('describe', 'node', nameOf(node))],
      "no event says why: look in the kubelet's log for UnmountVolume and UnmountDevice, then mend the storage driver's Pod on that node or the dead file server",
      FORCED,
    ),
  })
}

/** The helper container by which every CSI driver makes itself known to the kubelet. */
const REGISTRAR = /node-driver-registrar/

function isPlugin(spec: Pod['spec'] | undefined): boolean {
  return (spec?.containers ?? []).some(({name, image}) => REGISTRAR.test(`${name} ${image ?? ''}`))
}

/** What should serve volumes on that node and does not. */
function pluginTrouble({relations}: PodSubject, node: Node): string | undefined {
  const {snapshot, podsOf} = relations
  const sets = snapshot.daemonSets.filter(({spec}) => isPlugin(spec?.template?.spec))
  for (const set of sets) {
    const pods = podsOf(set.metadata?.uid)
    const here = pods.filter(({spec}) => spec?.nodeName === nameOf(node))
    const unready = here.find((pod) => !isReady(pod))
    if (unready && here.every((pod) => !isReady(pod))) return `${podText(unready)} is not ready`
    // of a set none of whose Pods was seen, one that is missing says nothing
    if (here.length === 0 && pods.some((pod) => !isTerminating(pod)) && isWanted(set, node))
      return `DaemonSet ${namespaceOf(set)}/${nameOf(set)} has no Pod there`
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
  return leavingFinding(subject, {
    id: 'term-kubelet-or-csi-pod-down',
    severity: 'error',
    message: `${podText(pod)} has stopped, and node ${nameOf(node)} can't unmount its volumes while a storage driver is down there: ${trouble}`,
    evidence: [`pod/${nameOf(pod)} has ended all its containers`, `node/${nameOf(node)}: ${trouble}`],
    remedy: look(
      [kubectl('describe', 'node', nameOf(node)), describePod(pod)],
      "mend the storage driver's DaemonSet on that node first; the kubelet unmounts by itself then",
      FORCED,
    ),
  })
}

/** Its processes have ended, and its volumes are not let go. */
export const leavingVolume: Rule<PodSubject> = firstCause([pluginDown, unmountStuck])
