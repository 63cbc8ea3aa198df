import type {MeasuredPod, UsageNeed} from '../../model/usage.ts'
import type {MappedOrdinal, MappedWorkload} from './report.ts'

/** Nodes whose kubelets know what is on the disks that are shown: those of Pods that mount claims. */
export function usageNeeds(workloads: readonly MappedWorkload[]): readonly UsageNeed[] {
  const all = workloads.flatMap(({namespace, ordinals}) =>
    ordinals.flatMap((ordinal) => placed(namespace, ordinal)),
  )
  const byNode = Map.groupBy(
    new Map(all.map((each) => [each.pod.uid, each])).values(),
    ({nodeName}) => nodeName,
  )
  // who does not answer comes last, where time is short
  const nodes = [...byNode].toSorted(
    ([, [one]], [, [other]]) => Number(other?.isReady) - Number(one?.isReady),
  )
  return nodes.map(([nodeName, those]) => ({nodeName, pods: those.map(({pod}) => pod)}))
}

interface Placed {
  readonly nodeName: string
  readonly isReady: boolean
  readonly pod: MeasuredPod
}

function placed(namespace: string, {pod, node, claims}: MappedOrdinal): readonly Placed[] {
  const mounted = claims.filter((claim) => claim.mounted).map(({name}) => name)
  if (!pod?.nodeName || mounted.length === 0) return []
  const {name, uid, nodeName} = pod
  return [{nodeName, isReady: node?.ready !== false, pod: {namespace, name, uid, claims: mounted}}]
}
