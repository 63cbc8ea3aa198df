import {expect, test} from 'vitest'
import type {CauseId} from '../../src/diagnosis/order.ts'
import {judged, type Side, said, TOLD_APART} from './distinctions-sides.ts'
import {
  cluster,
  condition,
  member,
  SOON,
  type Trouble,
  terminating,
  told,
  unready,
  waiting,
} from './pod/parts.ts'
import {crashed} from './pod/parts-running.ts'
import {podTroubles} from './troubles-pods.ts'

const of = (id: string) => (podTroubles[id] as Trouble)('db')
const KINDS: readonly CauseId[] = [
  'term-grace-period',
  'term-finalizer',
  'term-node-unreachable',
  'term-container-wont-die',
  'term-volume-unmount-stuck',
]
const kindsBut = (id: string) => KINDS.filter((each) => each !== id)
const KILLED: readonly CauseId[] = [
  'crash-oom',
  'crash-by-liveness',
  'crash-loop',
  'container-status-unknown',
]
const killedBut = (id: string) => KILLED.filter((each) => each !== id)
const NO_SANDBOX = condition('PodReadyToStartContainers', 'False')

/** Its grace period was over, and nothing tells who sent the signal. */
const sigkill = cluster('db', {pods: [unready('db', crashed('db', {exitCode: 137, reason: 'Error'}))]})

function starting(version: string, ...[reason, message]: readonly string[]) {
  const pod = unready('db', waiting('db', 'ContainerCreating'))
  const conditions = [...(pod.status?.conditions ?? []), NO_SANDBOX]
  return {
    ...cluster('db', {
      pods: [{...pod, status: {...pod.status, conditions}}],
      events: reason ? [told('db', reason, message ?? '')] : [],
    }),
    version,
  }
}

const PULLING = ['Pulling', 'Pulling image "db:1"'] as const
const NO_NETWORK = [
  'FailedCreatePodSandBox',
  'Failed to create pod sandbox: plugin type="calico" failed',
] as const

const TAKEN: readonly CauseId[] = [
  'evicted-node-pressure',
  'preempted-by-scheduler',
  'evicted-by-taint',
  'preempted-by-kubelet',
]
const takenBut = (id?: string) => TAKEN.filter((each) => each !== id)

/** Terminating for that reason. */
function disrupted(reason: string) {
  const conditions = [condition('DisruptionTarget', 'True', {reason})]
  return cluster('db', {
    pods: [terminating('db', {metadata: {deletionTimestamp: SOON}, status: {conditions}})],
  })
}

/** As a kubelet leaves it: it says who in the reason of the condition, and what in that of the Pod. */
function stoppedByKubelet(reason: string, message: string) {
  const conditions = [condition('DisruptionTarget', 'True', {reason: 'TerminationByKubelet'})]
  return cluster('db', {pods: [member('db', {status: {phase: 'Failed', reason, message, conditions}})]})
}

const sides: readonly Side[] = [
  ...KINDS.map(
    (id): Side => [`14: a Pod that does not end has one kind of reason: ${id}`, of(id), [id], kindsBut(id)],
  ),
  ['15: with OOMKilled 137 is for want of memory', of('crash-oom'), ['crash-oom'], killedBut('crash-oom')],
  [
    '15: after a failed probe 137 is the kubelet',
    of('crash-by-liveness'),
    ['crash-by-liveness'],
    killedBut('crash-by-liveness'),
  ],
  [
    '15: after a restart of the kubelet 137 is made up',
    of('container-status-unknown'),
    ['container-status-unknown'],
    killedBut('container-status-unknown'),
  ],
  [
    '15: by itself 137 is a crash whose sender is not known',
    sigkill,
    ['crash-loop'],
    killedBut('crash-loop'),
  ],
  ['15: a real kubelet’s status for want of memory', 'crash-oom', ['crash-oom'], killedBut('crash-oom')],
  [
    '15: a real kubelet’s status after a liveness probe',
    'crash-by-liveness',
    ['crash-by-liveness'],
    killedBut('crash-by-liveness'),
  ],
  [
    '16: a ConfigMap that is missing as environment stops the container',
    'config-missing',
    ['container-config-missing-ref'],
    ['mount-configmap-secret', 'container-creating-quiet'],
  ],
  [
    '16: a ConfigMap that is missing as volume stops the mount',
    missingVolume(),
    ['mount-configmap-secret'],
    ['container-config-missing-ref', 'container-creating-quiet'],
  ],
  [
    '17: up to 1.35 a Pod without that condition may be pulling its image',
    starting('v1.35.1', ...PULLING),
    ['image-slow-pull'],
    ['sandbox-create-failed'],
  ],
  [
    '17: up to 1.35 a Pod without that condition may have no sandbox',
    starting('v1.35.1', ...NO_NETWORK),
    ['sandbox-create-failed'],
    ['image-slow-pull'],
  ],
  [
    '17: from 1.36 on it has no sandbox, and what is seen is the event that says so',
    starting('v1.36.1', ...NO_NETWORK),
    ['sandbox-create-failed'],
    ['image-slow-pull'],
  ],
  [
    '18: evicted by the kubelet',
    stoppedByKubelet('Evicted', 'The node was low on resource: memory. '),
    ['evicted-node-pressure'],
    takenBut('evicted-node-pressure'),
  ],
  [
    '18: preempted by the kubelet',
    stoppedByKubelet('Preempting', 'Preempted in order to admit critical pod'),
    ['preempted-by-kubelet'],
    takenBut('preempted-by-kubelet'),
  ],
  [
    '18: preempted by the scheduler',
    disrupted('PreemptionByScheduler'),
    ['preempted-by-scheduler'],
    takenBut('preempted-by-scheduler'),
  ],
  [
    '18: evicted by a taint',
    disrupted('DeletionByTaintManager'),
    ['evicted-by-taint'],
    takenBut('evicted-by-taint'),
  ],
  [
    '18: evicted through the API it merely stops',
    disrupted('EvictionByEvictionAPI'),
    ['term-grace-period'],
    takenBut(),
  ],
  [
    '18: taken away by the garbage collector of Pods it merely stops',
    disrupted('DeletionByPodGC'),
    ['term-grace-period'],
    takenBut(),
  ],
]

test.for(sides)('distinction %s', async (side) => {
  expect(await judged(side)).toEqual(TOLD_APART)
})

function missingVolume() {
  return cluster('db', {
    pods: [unready('db', waiting('db', 'ContainerCreating'))],
    events: [
      told(
        'db',
        'FailedMount',
        'MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
      ),
    ],
  })
}

test.for(KINDS)(
  'distinction 14: only for a lost node a taint or force is spoken of, and of %s not',
  async (id) => {
    const remedies = (await said(of(id))).filter((each) => each.id === id).map(({remedy}) => remedy)
    const isSpoken = /out-of-service|--force/.test(JSON.stringify(remedies.map((each) => each?.act)))
    expect(isSpoken).toBe(id === 'term-node-unreachable')
  },
)

test('distinction 18: an eviction through the API is named in the evidence', async () => {
  const [finding] = (await said(disrupted('EvictionByEvictionAPI'))).filter(
    ({id}) => id === 'term-grace-period',
  )
  expect(finding?.evidence.join()).toContain('EvictionByEvictionAPI')
})
