import {type DaemonSet, nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {DaemonFacts} from '../../model/rollout/daemon-facts.ts'
import {daemonNext} from '../../model/rollout/daemon-next.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {type Blamed, blame, onTrail} from '../blame.ts'
import {disruptionFindings} from '../disruption/findings.ts'
import {diagnose, type Finding} from '../finding.ts'
import {isLeft} from '../pod/failed/left.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {daemonWorkloadRules} from '../workload/index.ts'
import {changedAtOwner, withoutIdleOwner} from '../workload/owner.ts'
import {daemonNodeRules, daemonSetRules} from './index.ts'
import {podFindings, uncountedPods} from './pods.ts'
import {type DaemonSetProgress, daemonSetProgress} from './progress.ts'
import {daemonNodeSubject, daemonSetSubject, seesPlaces} from './subject.ts'

/** A rollout that its controller has looked at. */
export interface DaemonRollout extends DaemonSetProgress {
  readonly facts: DaemonFacts
  readonly next: NextStep
}

export interface DaemonDiagnosis {
  readonly subject: DaemonSetSubject
  /** Undefined where something that it takes was not seen, or the newest generation is not observed. */
  readonly rollout: DaemonRollout | undefined
  /** By the name of the node, the cause first. */
  readonly ofNodes: ReadonlyMap<string, readonly Finding[]>
  /** Everything that was found, the cause first. */
  readonly findings: readonly Blamed[]
  /** Of these, what is wrong with who is in the way, and with what that stands on; empty where nobody is. */
  readonly ofBlocker: readonly Blamed[]
  /** Ids of what is to be known of the set itself, apart from its nodes. */
  readonly ofSet: ReadonlySet<string>
}

/** What is wrong with a DaemonSet and all that belongs to it: the one answer that every command shows a part of. */
export function diagnoseDaemonSet(daemonSet: DaemonSet, relations: Relations): DaemonDiagnosis {
  return relations.once('diagnoseDaemonSet', daemonSet, () => diagnosisOf(daemonSet, relations))
}

function diagnosisOf(daemonSet: DaemonSet, relations: Relations): DaemonDiagnosis {
  const subject = daemonSetSubject(daemonSet, relations)
  const rollout = rolloutOf(subject)
  const ofNodes = nodesOf(subject)
  const ofSet = [
    ...diagnose(daemonSetRules, subject),
    ...diagnose(daemonWorkloadRules, {kind: 'DaemonSet', set: daemonSet, relations}),
  ]
  const found = [
    ...[...ofNodes.values()].flat(),
    ...changedAtOwner(ofSet, daemonSet),
    ...disruptionFindings({kind: 'DaemonSet', set: daemonSet}, relations),
  ]
  const about = {kind: 'DaemonSet', namespace: namespaceOf(daemonSet), name: nameOf(daemonSet)}
  const trail = {subject: about, blockers: blockersOf(rollout)}
  const findings = blame(withoutIdleOwner(found), trail, relations)
  return {
    subject,
    rollout,
    ofNodes,
    findings,
    ofBlocker: trail.blockers.length > 0 ? onTrail(findings, trail, relations) : [],
    ofSet: new Set(ofSet.map(({id}) => id)),
  }
}

function rolloutOf(subject: DaemonSetSubject): DaemonRollout | undefined {
  const {daemonSet, nodes, strays, hash, budget, relations} = subject
  if (!seesPlaces(daemonSet, relations) || hash === undefined) return undefined
  const {snapshot} = relations
  const version = serverVersionOf(snapshot)
  const left = nodes.flatMap(({pods}) => pods.filter((pod) => isLeft(pod, relations)).map(nameOf))
  const facts = {
    daemonSet,
    nodes,
    strays,
    hash,
    budget,
    version,
    now: snapshot.observedAt,
    left: new Set(left),
  }
  const next = daemonNext(facts)
  return {facts, next, ...daemonSetProgress(next, facts, relations)}
}

/** Every node that is there, and those of which only Pods are left. */
function nodesOf(subject: DaemonSetSubject): ReadonlyMap<string, readonly Finding[]> {
  const {nodes, strays} = subject
  return new Map([
    ...nodes.map((counted) => {
      const name = nameOf(counted.node)
      return [name, ofNode(subject, name, counted, counted.pods)] as const
    }),
    ...[...strays].map(([name, pods]) => [name, ofNode(subject, name, undefined, pods)] as const),
  ])
}

function ofNode(
  subject: DaemonSetSubject,
  name: string,
  counted: DaemonSetSubject['nodes'][number] | undefined,
  pods: readonly Pod[],
): readonly Finding[] {
  const {daemonSet, hash, relations} = subject
  const uncounted = uncountedPods(daemonSet, relations).get(name) ?? []
  const find = () => {
    const here = daemonNodeSubject(subject, name, counted, pods)
    const found = changedAtOwner(
      [...diagnose(daemonNodeRules, here), ...podFindings(here, uncounted)],
      daemonSet,
    )
    return blame(found, {subject: {kind: 'Node', name}, blockers: []}, relations)
  }
  const given = [hash, counted?.node, counted?.eligibility, pods.length, ...pods, ...uncounted]
  return relations.once(`ofNode ${name}`, daemonSet, find, given)
}

/** The node that is in the way, and the Pod there. */
function blockersOf(rollout: DaemonRollout | undefined): readonly ObjectReference[] {
  const {name, pod} = rollout?.blocker ?? {}
  if (name === undefined) return []
  return [
    {kind: 'Node', name},
    ...(pod ? [{kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod)}] : []),
  ]
}
