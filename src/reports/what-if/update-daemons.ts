import {daemonSetSubject} from '../../diagnosis/daemon-set/subject.ts'
import {countersOf} from '../../model/daemon-counters.ts'
import type {Course, Fates} from '../../model/foretold/course.ts'
import {daemonCourse} from '../../model/foretold/daemon-course.ts'
import {type DaemonWorld, daemonFactsOf} from '../../model/foretold/daemon-world.ts'
import {leave} from '../../model/foretold/moves.ts'
import {respecified} from '../../model/foretold/respecified.ts'
import {uidOf} from '../../model/foretold/stage.ts'
import {worldOf} from '../../model/foretold/world.ts'
import {isNodeReady} from '../../model/node.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {type Answer, answer} from './answer.ts'
import type {Change} from './change.ts'
import {expectationsOf} from './expectations.ts'
import {lossFirst, withLossDanger} from './loss-first.ts'
import {claimLosses} from './pod-losses.ts'
import type {Loss} from './report.ts'
import {worstFirst} from './retained.ts'
import {type choiceOf, stepsOf} from './steps.ts'
import {besideOld, crampedText, ifSeen, isSurging} from './surge-room.ts'
import {NEW_REVISION} from './update.ts'
import {paceOf, updateCommand} from './update-command.ts'
import {daemonUpdateEnd} from './update-daemons-end.ts'

type Update = Extract<Change, {readonly action: 'update'}>

/** A new template of a DaemonSet, or, where an update is under way, that one to its end. */
export function whatIfDaemonsUpdated(daemonSet: DaemonSet, change: Update, relations: Relations): Answer {
  const isBegun = isDaemonUpdateUnderWay(daemonSet, relations)
  const world = daemonWorldOf(daemonSet, change, isBegun, relations)
  const course = daemonCourse(world, fatesOf(world, change, relations))
  const after = {...world, pods: course.pods}
  const losses = lossesOf(world, course, relations)
  return answer({
    steps: stepsOf(course.rounds, {namespace: namespaceOf(daemonSet), pods: world.pods}),
    end: lossFirst(
      ifSeen(daemonUpdateEnd(world, course, crampedText(world, course, relations)), world, relations),
      losses,
    ),
    losses,
    workloads: [workloadOf(world, after, course)],
    command: withLossDanger(updateCommand('ds', daemonSet, change, isBegun), losses),
  })
}

/** Where chance decides who is replaced, of all who may be. */
function lossesOf(
  {pods}: DaemonWorld,
  {pods: after, chance}: Course<DaemonSet>,
  relations: Relations,
): readonly Loss[] {
  const stay = new Set(after.map(uidOf))
  const mayGo = new Set(chance?.isOpen ? chance.mayGo : [])
  const gone = pods.filter((pod) => !stay.has(uidOf(pod)) || mayGo.has(pod.spec?.nodeName ?? ''))
  const losses = worstFirst(claimLosses(gone, relations))
  return chance?.isOpen
    ? losses.map((loss) => ({
        ...loss,
        message: `${loss.message}, if its Pod is one of those that are replaced`,
      }))
    : losses
}

/** Some Pod is not of the present template: the question is how that goes on. */
export function isDaemonUpdateUnderWay(daemonSet: DaemonSet, relations: Relations): boolean {
  const {hash} = daemonSetSubject(daemonSet, relations)
  const isOld = ({metadata}: Pod) => metadata?.labels?.['controller-revision-hash'] !== hash
  return hash !== undefined && relations.podsOf(daemonSet.metadata?.uid).some(isOld)
}

function daemonWorldOf(
  daemonSet: DaemonSet,
  change: Update,
  isUnderWay: boolean,
  relations: Relations,
): DaemonWorld {
  const {hash} = daemonSetSubject(daemonSet, relations)
  const paced = withPace(daemonSet, change)
  return {
    daemonSet: isUnderWay ? paced : withoutGeneration(paced),
    nodes: relations.snapshot.nodes,
    pods: relations.podsOf(daemonSet.metadata?.uid),
    hash: (isUnderWay && hash) || NEW_REVISION,
    version: serverVersionOf(relations.snapshot),
    now: relations.snapshot.observedAt,
  }
}

const GENERATION = 'deprecated.daemonset.template.generation'

function withPace(daemonSet: DaemonSet, change: Update): DaemonSet {
  const pace = paceOf(change)
  if (!pace) return daemonSet
  const rollingUpdate = {...daemonSet.spec?.updateStrategy?.rollingUpdate, ...pace}
  return respecified(daemonSet, {updateStrategy: {type: 'RollingUpdate', rollingUpdate}})
}

/** Of a new template no Pod has the generation. */
function withoutGeneration(daemonSet: DaemonSet): DaemonSet {
  const {[GENERATION]: _, ...annotations} = daemonSet.metadata?.annotations ?? {}
  return {...daemonSet, metadata: {...daemonSet.metadata, annotations}}
}

function fatesOf(world: DaemonWorld, {neverReady}: Update, relations: Relations): Fates {
  const {pods, nodes} = world
  const expected = expectationsOf(neverReady, relations)
  const before = new Set(pods.map(uidOf))
  const ready = new Set(nodes.filter(isNodeReady).map(nameOf))
  const {stage} = worldOf(relations)
  const missing = isSurging(world) ? besideOld(stage) : () => undefined
  return {
    leaves: (pod) => {
      const isGone = expected.leaves(pod)
      if (isGone) leave(stage, [pod])
      return isGone
    },
    placed: (pod) => {
      const nodeName = pod.spec?.nodeName ?? ''
      if (before.has(uidOf(pod)) || missing(pod)) return undefined
      return {nodeName, isReady: ready.has(nodeName) && !expected.isNeverReady(pod)}
    },
  }
}

function workloadOf(before: DaemonWorld, after: DaemonWorld, {rounds, waitsFor, chance}: Course<DaemonSet>) {
  const [now, then] = [before, after].map((world) =>
    countersOf(world.daemonSet, daemonFactsOf(world).nodes, undefined, world.now),
  )
  const endAtMost = then?.numberReady ?? 0
  const end = Math.max(0, endAtMost - (chance?.worse ?? 0))
  const ready = {before: now?.numberReady ?? 0, end, endAtMost}
  const down = Math.max(
    0,
    ...rounds.map(({unavailable, choices = [], also = 0}) => unavailable.length + deleted(choices) + also),
  )
  const desired = now?.desiredNumberScheduled ?? 0
  return {
    kind: 'DaemonSet' as const,
    namespace: namespaceOf(before.daemonSet),
    name: nameOf(before.daemonSet),
    desired,
    ready: {...ready, lowest: Math.max(0, Math.min(ready.before, ready.end, desired - down))},
    zones: [],
    waitsFor: waitsFor?.message ?? null,
  }
}

function deleted(
  choices: readonly ReturnType<typeof choiceOf>[] | readonly {action: string; count: number}[],
): number {
  return choices.reduce((sum, {action, count}) => sum + (action === 'Delete' ? count : 0), 0)
}
