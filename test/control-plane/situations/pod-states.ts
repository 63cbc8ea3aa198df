import type {V1Container, V1ContainerState, V1ContainerStatus, V1PodStatus} from '@kubernetes/client-node'

/** A Pod as a kubelet, or several controllers in turn, might leave it; sensible or not. */
export interface PodState {
  readonly title: string
  readonly shape: keyof typeof SHAPES
  readonly status: V1PodStatus
  readonly isTerminating?: boolean
}

const container = (name: string): V1Container => ({name, image: 'registry.example/db:1'})
const mains = [container('a'), container('b')]
const sidecar: V1Container = {...container('side'), restartPolicy: 'Always'}

/** Which containers the Pods have. */
export const SHAPES = {
  plain: {initContainers: [], containers: mains},
  init: {initContainers: [container('first'), container('second')], containers: mains},
  sidecar: {initContainers: [container('first'), sidecar], containers: mains},
} as const

interface Stage {
  readonly title: string
  readonly state: V1ContainerState
  readonly ready?: boolean
  readonly started?: boolean
  readonly restarts?: number
}

const time = new Date('2026-01-02T03:04:05Z')
const waiting = (reason?: string, restarts = 0): Stage => ({
  title: `waiting ${reason ?? 'silently'}`,
  state: {waiting: reason === undefined ? {} : {reason}},
  restarts,
})
const ended = (exitCode: number, reason?: string, signal?: number): Stage => ({
  title: `ended ${exitCode} ${reason ?? ''} ${signal ?? ''}`.trim(),
  state: {terminated: {exitCode, ...(reason && {reason}), ...(signal && {signal}), finishedAt: time}},
  restarts: exitCode,
})
const running = (ready: boolean, started = true): Stage => ({
  title: `running ${started ? '' : 'not started '}${ready ? 'ready' : 'unready'}`,
  state: {running: {startedAt: time}},
  ready,
  started,
})
const silent: Stage = {title: 'without state', state: {}}

const ok = ended(0, 'Completed')
const endings = [ended(1, 'Error'), ended(137, 'OOMKilled'), ended(3), ended(137, undefined, 9), ok, ended(0)]
const STAGES = [waiting('CrashLoopBackOff', 5), waiting(), silent, running(true), running(false), ...endings]

function statusOf(
  name: string,
  {state, ready = false, started = ready, restarts = 0}: Stage,
): V1ContainerStatus {
  const image = 'registry.example/db:1'
  return {name, image, imageID: '', ready, started, restartCount: restarts, state}
}

const conditions = (types: readonly string[]) => types.map((type) => ({type, status: 'True'}))

/** Every stage of one main container beside some of the other, with and without the condition Ready. */
const plain = STAGES.flatMap((a) =>
  [running(true), running(false), ok, ended(2, 'Error'), waiting('ErrImagePull')].flatMap((b) =>
    [['Ready'], []].map((types): PodState => {
      const containerStatuses = [statusOf('a', a), statusOf('b', b)]
      const title = `a ${a.title}, b ${b.title}, conditions ${types}`
      return {
        title,
        shape: 'plain',
        status: {phase: 'Running', conditions: conditions(types), containerStatuses},
      }
    }),
  ),
)

/** Init containers at every stage, the first or the second of them, with and without the condition Initialized. */
const init = [...STAGES, waiting('PodInitializing', 2)].flatMap((stage) =>
  (
    [
      [stage, waiting('PodInitializing')],
      [ok, {...stage, restarts: 4}],
    ] as const
  ).flatMap(([first, second]) =>
    [['Initialized'], []].map((types): PodState => {
      const initContainerStatuses = [statusOf('first', first), statusOf('second', second)]
      const containerStatuses = mains.map(({name}) => statusOf(name, waiting('PodInitializing')))
      const title = `first ${first.title}, second ${second.title}, conditions ${types}`
      const status = {
        phase: 'Pending',
        conditions: conditions(types),
        initContainerStatuses,
        containerStatuses,
      }
      return {title, shape: 'init', status}
    }),
  ),
)

const SIDECARS = [
  running(true),
  running(false),
  running(false, false),
  {...waiting('CrashLoopBackOff', 6), started: false},
  {...waiting('CrashLoopBackOff', 6), title: 'crashing though started', started: true},
  {...ended(1, 'Error'), started: false},
  ended(0),
]

const sidecars = SIDECARS.flatMap((side) =>
  [waiting('PodInitializing'), running(true), ok, ended(2)].flatMap((main) =>
    [['Initialized', 'Ready'], []].map((types): PodState => {
      const initContainerStatuses = [statusOf('first', {...ok, restarts: 3}), statusOf('side', side)]
      const containerStatuses = [statusOf('a', main), statusOf('b', running(true))]
      const title = `side ${side.title}, a ${main.title}, conditions ${types}`
      const status = {
        phase: 'Running',
        conditions: conditions(types),
        initContainerStatuses,
        containerStatuses,
      }
      return {title, shape: 'sidecar', status}
    }),
  ),
)

/** What the Pod says of itself, without and with a container that terminated, staying and terminating. */
const phases = ['', 'Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'].flatMap((phase) =>
  ['', 'Evicted', 'NodeLost', 'Completed'].flatMap((reason) =>
    [[], [statusOf('a', ended(1, 'Error')), statusOf('b', ok)]].flatMap((containerStatuses) =>
      [false, true].map((isTerminating): PodState => {
        const title = `${phase} ${reason}, ${containerStatuses.length} statuses${isTerminating ? ', terminating' : ''}`
        return {title, shape: 'plain', status: {phase, reason, containerStatuses}, isTerminating}
      }),
    ),
  ),
)

const gate = {type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}
const gated = [false, true].map((isTerminating): PodState => {
  const status = {phase: 'Pending', reason: 'Held', conditions: [gate]}
  return {title: `gated${isTerminating ? ', terminating' : ''}`, shape: 'plain', status, isTerminating}
})

export const POD_STATES: readonly PodState[] = [...plain, ...init, ...sidecars, ...phases, ...gated]
