import {nameOf} from '../../../src/model/objects.ts'
import type {NextStep} from '../../../src/model/rollout/next-step.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import {applied} from './apply.ts'
import {disagreement, sizeOf} from './fit.ts'
import {actOf, showAct, showNext} from './in-words.ts'
import type {ControllerWrite, PodWrite} from './writes.ts'

/** How far what a controller did in one turn was foreseen. */
export interface Comparison {
  /** Syncs that were foreseen and created or deleted Pods. */
  readonly foreseen: number
  /** Syncs that only the controller could know, after a change of the spec. */
  readonly unforeseeable: number
  /** What was foreseen wrongly; the rest of the turn is not looked at. */
  readonly fault?: {readonly message: string; readonly snapshot: ClusterSnapshot}
}

export interface Turn {
  readonly writes: readonly ControllerWrite[]
  /** With the ControllerRevisions that the controller has created since. */
  readonly renewed: (snapshot: ClusterSnapshot) => ClusterSnapshot
  readonly predict: (snapshot: ClusterSnapshot) => NextStep
}

interface State extends Comparison {
  readonly snapshot: ClusterSnapshot
  readonly rest: readonly ControllerWrite[]
}

/** Foresees one sync after the other until all that was written is explained. */
export function compare(before: ClusterSnapshot, {writes, renewed, predict}: Turn): Comparison {
  let state: State = {snapshot: before, rest: writes, foreseen: 0, unforeseeable: 0}
  for (;;) {
    const next = predict(state.snapshot)
    const after =
      next.waitsFor?.reason === 'Observation' ? observed(state, renewed) : foreseen(state, next, before)
    if ('done' in after) return state
    if (after.fault) return after
    state = after
  }
}

type Step = State | {readonly done: true}

/** The controller looks at a new generation, acts, and says so in its status. */
function observed(state: State, renewed: Turn['renewed']): Step {
  const end = state.rest.findIndex(({what}) => what === 'Status')
  if (end < 0) return state.rest.length === 0 ? {done: true} : wrong(state, 'writes without a look')
  const snapshot = renewed(applied(state.snapshot, state.rest.slice(0, end + 1)))
  return {...state, snapshot, rest: state.rest.slice(end + 1), unforeseeable: state.unforeseeable + 1}
}

function foreseen(state: State, next: NextStep, before: ClusterSnapshot): Step {
  const written = withoutRefused(state, next)
  const {taken, rest} = firstWrites(state.foreseen > 0 ? inOrder(written, next) : written, sizeOf(next))
  const done = taken.filter((write): write is PodWrite => write.what !== 'Status').map(actOf)
  // In the very first sync nothing is written before what is foreseen.
  const isLate = state.snapshot === before && sizeOf(next) > 0 && taken[0]?.what === 'Status'
  const unexplained = isLate ? 'a status came first' : disagreement(next, done)
  if (unexplained !== '') return wrong(state, `${showNext(next)}; but ${unexplained}`)
  if (taken.length > 0) {
    const snapshot = applied(state.snapshot, taken)
    return {...state, snapshot, rest, foreseen: state.foreseen + (done.length > 0 ? 1 : 0)}
  }
  return rest.length === 0 ? {done: true} : wrong(state, `${showNext(next)}; but ${show(rest)}`)
}

/**
 * A DaemonSet's controller goes on to the rolling update in the same sync where its deletions were seen to be done before
 * it asked: of a finished Pod that is at once. What it creates on the freed node then comes second.
 */
function inOrder(writes: readonly ControllerWrite[], {actions}: NextStep): readonly ControllerWrite[] {
  const isCreated = (write: ControllerWrite) =>
    write.what === 'Create' &&
    actions.some(({pod, nodeName}) => pod === null && nodeName === actOf(write).nodeName)
  const made = writes.filter(isCreated)
  return [...made, ...writes.filter((write) => !made.includes(write))]
}

function wrong(state: State, message: string): State {
  const {snapshot, rest} = state
  return {...state, fault: {message: `${message} (written: ${show(rest)})`, snapshot}}
}

function show(writes: readonly ControllerWrite[]): string {
  const each = (write: ControllerWrite) => (write.what === 'Status' ? 'Status' : showAct(actOf(write)))
  return writes.map(each).join(', ') || 'nothing'
}

/** As many as foreseen, and the statuses up to the next one. */
function firstWrites(writes: readonly ControllerWrite[], size: number) {
  let count = 0
  const end = writes.findIndex(({what}) => (what === 'Status' ? false : ++count > size))
  const cut = end < 0 ? writes.length : end
  return {taken: writes.slice(0, cut), rest: writes.slice(cut)}
}

/** Without attempts to create a Pod whose name somebody else's has, where that was foreseen or is to be seen. */
function withoutRefused({rest, snapshot}: State, {waitsFor}: NextStep): readonly ControllerWrite[] {
  const isTaken = (name: string) => snapshot.pods.some((pod) => nameOf(pod) === name)
  const isRefused = (write: ControllerWrite) => write.what === 'Create' && write.code === 409
  const isKnown = (write: PodWrite) => isTaken(write.pod) || waitsFor?.pod === write.pod
  return rest.filter((write) => write.what === 'Status' || !isRefused(write) || !isKnown(write))
}
