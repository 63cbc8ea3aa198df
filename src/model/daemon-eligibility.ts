import {type DaemonRule, excludedByAffinity, excludedByNodeName} from './daemon-rule.ts'
import type {Node, PodTemplate, Toleration} from './objects.ts'
import {untoleratedTaints} from './taints.ts'

/** What the DaemonSet controller decides for one node. */
export interface Eligibility {
  /** A Pod is created here if there is none. */
  readonly shouldRun: boolean
  /** A Pod that is here stays. Differs from `shouldRun` only where nothing but NoSchedule taints object. */
  readonly shouldContinueRunning: boolean
  /** The one rule that excludes the node; null where the Pod should run. */
  readonly rule: DaemonRule | null
}

/**
 * Mirrors NodeShouldRunDaemonPod in pkg/controller/daemon/daemon_controller.go (1.20 to 1.37): nodeName, then
 * selector and required affinity, then taints. The template is judged, never a live Pod: the controller
 * replaces a Pod's own affinity. Room, ports, cordon and node conditions are not looked at.
 */
export function eligibility(template: PodTemplate | undefined, node: Node): Eligibility {
  const rule = excludedByNodeName(template, node) ?? excludedByAffinity(template, node)
  if (rule) return {shouldRun: false, shouldContinueRunning: false, rule}
  const untolerated = untoleratedTaints(node, daemonTolerations(template))
  if (untolerated.length === 0) return {shouldRun: true, shouldContinueRunning: true, rule: null}
  const isEvicting = untolerated.some(({effect}) => effect === 'NoExecute')
  // all of them: to remove one of two would not be enough
  const taints = {kind: 'Taint', taints: untolerated} as const
  return {shouldRun: false, shouldContinueRunning: !isEvicting, rule: taints}
}

/** What every daemon Pod tolerates without asking, in upstream's order. */
const AUTOMATIC: readonly Toleration[] = [
  {key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute'},
  {key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute'},
  {key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule'},
  {key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule'},
  {key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule'},
  {key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule'},
]
const HOST_NETWORK: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
}

/**
 * The template's tolerations and those that the controller adds. Mirrors AddOrUpdateDaemonPodTolerations in
 * pkg/controller/daemon/util (1.20 to 1.37); that an equal one of the template is replaced there changes only
 * its tolerationSeconds, which no match looks at.
 */
export function daemonTolerations(template: PodTemplate | undefined): readonly Toleration[] {
  const own = template?.spec?.tolerations ?? []
  return [...own, ...AUTOMATIC, ...(template?.spec?.hostNetwork ? [HOST_NETWORK] : [])]
}
