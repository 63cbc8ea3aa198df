import type {V1DaemonSet, V1PersistentVolumeClaim, V1Pod} from '@kubernetes/client-node'
import type {PodFate, WhatIfReport} from '../../../src/reports/what-if/report.ts'

/** What there is in a namespace. */
export interface Look {
  readonly pods: readonly V1Pod[]
  readonly claims: readonly V1PersistentVolumeClaim[]
  readonly daemonSets: readonly V1DaemonSet[]
}

const named = (pods: readonly V1Pod[]) => new Map(pods.map((pod) => [pod.metadata?.name ?? '', pod]))
const ownerOf = ({metadata}: V1Pod) => metadata?.ownerReferences?.find(({controller}) => controller)?.kind
export const isReady = ({status, metadata}: V1Pod) =>
  !metadata?.deletionTimestamp &&
  (status?.conditions?.some(({type, status: is}) => type === 'Ready' && is === 'True') ?? false)

/** In what the cluster is not as was said, in sentences. */
export function differences(
  report: WhatIfReport,
  before: Look,
  after: Look,
  joined?: string,
): readonly string[] {
  const [was, is] = [named(before.pods), named(after.pods)]
  return [
    ...report.pods.flatMap((fate) => {
      const wrong = wrongIn(fate, was.get(fate.name), is.get(fate.name), report)
      return wrong ? [`${fate.name} (${fate.fate}, ${fate.returns}, ${fate.nodes}): ${wrong}`] : []
    }),
    ...refusedByChance(report, was, is),
    ...untouched(report, was, is),
    ...readyIn(report, after.pods),
    ...successorsOf(report, before, after),
    ...claimsOf(report, before, after),
    ...daemonsOf(report, before, after, joined),
  ]
}

const hasChoices = ({steps}: WhatIfReport) => steps.some(({choices}) => choices.length > 0)

function wrongIn(
  fate: PodFate,
  was: V1Pod | undefined,
  is: V1Pod | undefined,
  report: WhatIfReport,
): string | undefined {
  const isSame = was !== undefined && was.metadata?.uid === is?.metadata?.uid
  const {action} = report.question
  switch (fate.fate) {
    case 'Refused':
      return isSame || hasChoices(report) ? undefined : 'it was evicted'
    case 'Left':
    case 'Staying':
      // a node that is out of service loses its daemons as well, and a drain with a timeout goes on to the next node
      return isSame || action === 'lose' || isOfNextNode(fate, report) ? undefined : 'it is gone'
    case 'Removed':
      return !isSame || fate.onlyIf.length > 0 ? undefined : 'it is still there'
    case 'Terminating':
      return action === 'lose'
        ? comeBack(fate, isSame, is)
        : is?.metadata?.deletionTimestamp
          ? undefined
          : 'it is not terminating'
    default:
      return (hasChoices(report) || fate.onlyIf.length > 0) && isSame ? undefined : comeBack(fate, isSame, is)
  }
}

function isOfNextNode({fate, nodeName}: PodFate, {question: {action, objects}}: WhatIfReport): boolean {
  return fate === 'Staying' && action === 'drain' && objects[0]?.name !== nodeName
}

function comeBack(
  {returns, nodes, owner}: PodFate,
  isSame: boolean,
  is: V1Pod | undefined,
): string | undefined {
  if (isSame) return 'it is the same Pod'
  if (owner?.kind === 'ReplicaSet') return undefined
  const place = is?.spec?.nodeName
  if (place !== undefined && nodes !== null && !nodes.includes(place)) return `it is on ${place}`
  if (returns === 'Yes' && !(is && isReady(is))) return `it is not back: ${is?.status?.phase}`
  if (returns === 'No' && is && isReady(is)) return 'it is back'
  return returns === 'Never' && is ? 'somebody created it' : undefined
}

/** Where chance decides who is refused, so many are. */
function refusedByChance(
  report: WhatIfReport,
  was: ReadonlyMap<string, V1Pod>,
  is: ReadonlyMap<string, V1Pod>,
): readonly string[] {
  if (report.question.action !== 'drain' || !hasChoices(report)) return []
  const refused = report.pods.filter(({fate}) => fate === 'Refused').length
  // whoever is on a node that it has not come to stays, or goes when the one before has taken too long
  const isReached = ({fate}: PodFate) => fate !== 'Left' && fate !== 'Staying'
  const same = report.pods.filter(
    (fate) => isReached(fate) && was.get(fate.name)?.metadata?.uid === is.get(fate.name)?.metadata?.uid,
  ).length
  return refused === same ? [] : [`${same} Pods stay, and not ${refused}`]
}

/** Pods of which nothing was said are as they were, and no others have come. */
function untouched(
  report: WhatIfReport,
  was: ReadonlyMap<string, V1Pod>,
  is: ReadonlyMap<string, V1Pod>,
): readonly string[] {
  const said = new Set(report.pods.map(({name}) => name))
  const isOfDaemons = (pod: V1Pod) => ownerOf(pod) === 'DaemonSet'
  const gone = [...was].filter(
    ([name, pod]) =>
      !said.has(name) && !isOfDaemons(pod) && is.get(name)?.metadata?.uid !== pod.metadata?.uid,
  )
  // whoever has waited for a node may find one now, and others of its set after it: that is among the assumptions
  const setOf = ({metadata}: V1Pod) => metadata?.ownerReferences?.[0]?.name
  const awaited = new Set([...was.values()].filter(({spec}) => !spec?.nodeName).map(setOf))
  const isSaid = report.assumptions.some((text) => / for a node: /.test(text))
  const come = [...is].filter(
    ([name, pod]) =>
      !(isSaid && awaited.has(setOf(pod))) &&
      !said.has(name) &&
      !was.has(name) &&
      ownerOf(pod) === 'StatefulSet',
  )
  return [
    ...gone.map(([name]) => `${name} is gone, and nobody said so`),
    ...come.map(([name]) => `${name} has come, and nobody said so`),
  ]
}

function readyIn(report: WhatIfReport, all: readonly V1Pod[]): readonly string[] {
  const {workloads, pods, steps} = report
  // a drain with a timeout goes on to the next node
  if (pods.some((fate) => isOfNextNode(fate, report))) return []
  if (pods.some(({returns}) => returns === 'Maybe') || steps.some(({choices}) => choices.length > 0))
    return []
  return workloads.flatMap(({kind, name, ready}) => {
    const own = all.filter(
      (pod) => ownerOf(pod) === kind && pod.metadata?.ownerReferences?.[0]?.name === name,
    )
    const count = own.filter(isReady).length
    return count === ready.end ? [] : [`${count} of ${kind} ${name} are ready, and not ${ready.end}`]
  })
}

/** Of a Deployment, whose Pods have other names each time, as many come back as was said. */
function successorsOf(report: WhatIfReport, before: Look, after: Look): readonly string[] {
  const said = report.pods.filter(({owner}) => owner?.kind === 'ReplicaSet')
  if (said.length === 0 || hasChoices(report)) return []
  const old = new Set(before.pods.map(({metadata}) => metadata?.uid))
  const come = after.pods.filter(
    (pod) => ownerOf(pod) === 'ReplicaSet' && !old.has(pod.metadata?.uid) && isReady(pod),
  ).length
  const least = said.filter(({returns}) => returns === 'Yes').length
  const most = said.filter(({returns}) => returns !== 'No' && returns !== 'Never').length
  return least <= come && come <= most ? [] : [`${come} successors have come, and not ${least} to ${most}`]
}

/** Where daemons come and go when nodes are changed, and what their controller then counts. */
function daemonsOf(
  {question: {action}, daemonSets}: WhatIfReport,
  before: Look,
  after: Look,
  joined: string | undefined,
): readonly string[] {
  if (!['taint', 'label', 'cordon', 'join'].includes(action)) return []
  const placesIn = ({pods}: Look) =>
    new Set(pods.filter((pod) => ownerOf(pod) === 'DaemonSet').map(({spec}) => spec?.nodeName ?? ''))
  const [was, is] = [placesIn(before), placesIn(after)]
  return after.daemonSets.flatMap(({metadata, status}) => {
    const said = daemonSets.find(
      ({namespace, name}) => namespace === metadata?.namespace && name === metadata?.name,
    )
    const joins = (said?.joins ?? []).map((name) => (name === '<new>' ? (joined ?? name) : name))
    const done = [is.difference(was), was.difference(is)].map((names) => [...names].toSorted().join())
    const wanted = [joins, said?.leaves ?? []].map((names) => names.toSorted().join())
    const isSame = done.join('; ') === wanted.join('; ')
    const moved = isSame ? [] : [`daemons come and go: ${done.join('; ')}, and not ${wanted.join('; ')}`]
    // a taint that moves nobody leaves the status as it was (kubernetes 1.33 to 1.37)
    const count = said && joins.length + said.leaves.length > 0 ? said.desired.after : undefined
    const isCounted = count === undefined || count === status?.desiredNumberScheduled
    return isCounted ? moved : [...moved, `${status?.desiredNumberScheduled} desired, and not ${count}`]
  })
}

function claimsOf({question, losses, end}: WhatIfReport, before: Look, after: Look): readonly string[] {
  const [object] = question.objects
  if (object?.kind === 'PersistentVolumeClaim' && end.state === 'Stopped') {
    const claim = after.claims.find(({metadata}) => metadata?.name === object.name)
    const isSame = before.claims.some(({metadata}) => metadata?.uid === claim?.metadata?.uid)
    return isSame && claim?.metadata?.deletionTimestamp ? [] : [`${object.name} is not Terminating`]
  }
  const there = new Set(after.claims.map(({metadata}) => metadata?.uid))
  const gone = before.claims
    .filter(({metadata}) => !there.has(metadata?.uid))
    .map(({metadata}) => metadata?.name ?? '')
  const said = losses.filter(({kind}) => kind === 'PersistentVolumeClaim').map(({name}) => name)
  return gone.toSorted().join() === said.toSorted().join() ? [] : [`claims ${gone} are gone, and not ${said}`]
}
