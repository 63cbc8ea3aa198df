import {expect, test} from 'vitest'
import type {Observed} from '../../../src/model/snapshot.ts'
import {claim, pod} from '../../builders.ts'
import {named, web, whatIf} from './asking.ts'

const DRAIN = {action: 'drain', neverReady: []} as const
const DELETE = {action: 'delete', isOrphaning: false, neverReady: []} as const

/** `web-0` at work, and `web-1`, which the scheduler refuses; requests in CPUs, of which a node has 4. */
function refused(cpu = '1', facts: Partial<Observed> = web(1, {replicas: 2})): Partial<Observed> {
  const containers = [{name: 'main', resources: {requests: {cpu}}}]
  const [first] = facts.pods ?? []
  const waiting = pod({name: 'web-1', spec: {containers, volumes: []}})
  const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}]
  const {nodeName: _, ...spec} = waiting.spec ?? {containers}
  const sets = (facts.statefulSets ?? []).map((set) => ({
    ...set,
    spec: {...set.spec, template: {...set.spec?.template, spec: {containers}}},
  }))
  return {
    ...facts,
    statefulSets: sets as NonNullable<Observed['statefulSets']>,
    pods: [
      ...(first ? [{...first, spec: {...first.spec, containers, nodeName: 'node-a'}}] : []),
      {...waiting, spec, status: {phase: 'Pending', conditions}},
    ],
  }
}

const node = (letter: string) => named('nodes', `node-${letter}`)

test('whom the scheduler refuses where there is room stays as he is, whoever leaves', () => {
  const {workloads} = whatIf(refused(), DRAIN, node('a'))
  expect(workloads).toMatchObject([{ready: {before: 1, end: 1, endAtMost: 1}}])
})

test('and whether one in his place is taken is not known', () => {
  const {end} = whatIf(refused(), DELETE, named('pods', 'web-1'))
  expect(end).toMatchObject({
    state: 'Unknown',
    message:
      'whether web-1 comes back is <unknown>: the scheduler refuses it so far, for a reason that is not seen here',
  })
})

test('near miss: whom it refuses as there is no room may have that of whoever leaves', () => {
  const full = refused('3')
  const others = ['b', 'c'].map((letter) =>
    pod({
      name: `filler-${letter}`,
      metadata: {name: `filler-${letter}`, namespace: 'shop', uid: `uid-${letter}`, ownerReferences: []},
      spec: {nodeName: `node-${letter}`, containers: [{name: 'main', resources: {requests: {cpu: '3'}}}]},
    }),
  )
  const facts = {...full, pods: [...(full.pods ?? []), ...others]}
  const {pods, workloads} = whatIf(facts, DELETE, named('pods', 'web-0'))
  expect(pods).toMatchObject([{name: 'web-0', returns: 'Maybe'}])
  expect(workloads).toMatchObject([{ready: {end: 0, endAtMost: 2}}])
})

test('a claim that waits for no Pod, and is not bound, keeps its Pod waiting', () => {
  const asked = (volumeBindingMode: string) => {
    const facts = web(2, {pinned: true})
    const {spec, ...others} = claim({name: 'data-web-1'})
    const {volumeName: _, ...unbound} = spec ?? {}
    return whatIf(
      {
        ...facts,
        storageClasses: [{metadata: {name: 'fast'}, provisioner: 'csi.example.com', volumeBindingMode}],
        persistentVolumeClaims: [
          ...(facts.persistentVolumeClaims ?? []).filter(({metadata}) => metadata?.name !== 'data-web-1'),
          {...others, spec: {...unbound, storageClassName: 'fast'}, status: {phase: 'Pending'}},
        ],
        persistentVolumes: [],
      },
      DELETE,
      named('pods', 'web-1'),
    ).end
  }
  expect(asked('Immediate')).toMatchObject({
    state: 'Short',
    message: expect.stringContaining(
      'its claim data-web-1 is not bound, and nobody has made a volume for it so far',
    ),
  })
  expect(asked('WaitForFirstConsumer').state).toBe('Done')
})
