/** States of the StatefulSet `web` in `shop` in short, and what its controller does of them. */
import type {Pod, StatefulSet} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import type {NextStep, PodAction, WaitReason} from '../../../src/model/rollout/next-step.ts'
import {type StatefulSetFacts, statefulSetFacts} from '../../../src/model/rollout/stateful-set-facts.ts'
import {statefulSetNext} from '../../../src/model/rollout/stateful-set-next.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {pod, snapshot, statefulSet} from '../../builders.ts'

type Spec = NonNullable<StatefulSet['spec']>
type Strategy = NonNullable<Spec['updateStrategy']>

export interface State {
  readonly replicas: number
  /**
   * A word for each ordinal from 0: its revision, A or B, and `+` ready, `-` not ready, `~` ready for ten seconds,
   * `p` pending, `F` failed, `S` succeeded; `T` at the end: terminating. `0`: no Pod.
   */
  readonly pods: string
  readonly version?: string
  readonly update?: 'A' | 'B'
  readonly strategy?: Strategy
  readonly spec?: Partial<Spec>
  readonly status?: Partial<NonNullable<StatefulSet['status']>>
  readonly metadata?: StatefulSet['metadata']
  /** Pods that are not the set's, claims. */
  readonly others?: Partial<Observed>
}

export const PARALLEL: Partial<Spec> = {podManagementPolicy: 'Parallel'}

export function rolling(limits: {partition?: number; maxUnavailable?: number | string} = {}): Strategy {
  return {
    type: 'RollingUpdate',
    rollingUpdate: {partition: 0, ...limits} as NonNullable<Strategy['rollingUpdate']>,
  }
}

const revisionOf = (letter: string) => `web-${letter.toLowerCase()}`

export function factsOf(state: State): StatefulSetFacts | undefined {
  const {replicas, version = 'v1.37.1', update = 'B', strategy = rolling({maxUnavailable: 1})} = state
  const made = statefulSet({replicas, spec: {updateStrategy: strategy, ...state.spec}})
  const set = {
    ...made,
    metadata: {...made.metadata, generation: 1, ...state.metadata},
    status: {
      replicas,
      observedGeneration: 1,
      currentRevision: revisionOf('A'),
      updateRevision: revisionOf(update),
      ...state.status,
    },
  }
  const pods = [...podsOf(state.pods), ...(state.others?.pods ?? [])]
  const seen = {...snapshot({...state.others, statefulSets: [set], pods}), server: {version}}
  return statefulSetFacts(set, relate(seen))
}

export function nextOf(state: State): NextStep {
  const facts = factsOf(state)
  if (!facts) throw new Error('the newest generation is not observed')
  return statefulSetNext(facts)
}

function podsOf(words: string): readonly Pod[] {
  return words
    .split(' ')
    .map((word, ordinal) => (/^[AB]/.test(word) ? podOf(`web-${ordinal}`, word) : undefined))
    .filter((each) => each !== undefined)
}

const PHASES: Record<string, string> = {p: 'Pending', F: 'Failed', S: 'Succeeded'}

function podOf(name: string, [letter = '', state = '', ending]: string): Pod {
  const made = pod({name}).metadata
  const labels = {...made?.labels, 'controller-revision-hash': revisionOf(letter)}
  const isReady = '+~'.includes(state)
  const since = state === '~' ? '2026-05-01T11:59:50Z' : '2026-05-01T10:00:30Z'
  return pod({
    name,
    metadata: {...made, labels, ...(ending === 'T' && {deletionTimestamp: '2026-05-01T11:59:59Z'})},
    status: {
      phase: PHASES[state] ?? 'Running',
      conditions: [{type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: since}],
    },
  })
}

export function created(ordinal: number, letter = 'B'): PodAction {
  return {action: 'Create', pod: `web-${ordinal}`, ordinal, revision: revisionOf(letter)}
}

export function gone(ordinal: number): PodAction {
  return {action: 'Delete', pod: `web-${ordinal}`, ordinal}
}

/** What is compared: no order of the actions, and of the wait no words. */
export function outcome(actions: readonly PodAction[], wait?: readonly [WaitReason, (string | undefined)?]) {
  const key = ({action, pod: name}: PodAction) => `${action} ${name}`
  const sorted = actions.toSorted((left, right) => (key(left) < key(right) ? -1 : 1))
  return {actions: sorted, choose: null, waitsFor: wait ? {reason: wait[0], pod: wait[1]} : null}
}

export function outcomeOf(state: State): ReturnType<typeof outcome> {
  const {actions, choose, waitsFor} = nextOf(state)
  const compared = outcome(actions, waitsFor ? [waitsFor.reason, waitsFor.pod] : undefined)
  return {...compared, choose: choose as null}
}
