import {expect, test} from 'vitest'
import {drift} from '../../../src/diagnosis/claim/drift.ts'
import {resize} from '../../../src/diagnosis/claim/resize.ts'
import {claim, claimTemplate, pod, statefulSet} from '../../builders.ts'
import {about, claimSubject, type Facts, idOf} from '../subjects.ts'

type Spec = NonNullable<ReturnType<typeof claim>['spec']>

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}

function sized(storage: string): Partial<Spec> {
  return {resources: {requests: {storage}}}
}

function drifted(template: Partial<Spec>, spec: Partial<Spec> = {}): Facts {
  return {
    statefulSets: [statefulSet({spec: {volumeClaimTemplates: [claimTemplate('data', template)]}})],
    pods: [pod()],
    persistentVolumeClaims: [claim({spec})],
  }
}

test('a template that wants more can be followed', () => {
  expect(about(drift, drifted(sized('2Gi')))).toEqual({
    id: 'pvc-template-drift',
    severity: 'info',
    message: 'Claim data-web-0 differs from its template: requests 1Gi, template 2Gi',
    object: CLAIM,
    evidence: ['pvc/data-web-0 against spec.volumeClaimTemplates of statefulset/web'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pvc -n shop data-web-0 -o yaml'],
      act: [
        {
          text: 'only if the claim should grow: nothing is wrong with one that stays as it is',
          commands: [
            `kubectl patch pvc -n shop data-web-0 -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'`,
          ],
        },
      ],
      risk: 'a claim can grow and never shrink',
      avoid: '',
      rung: 1,
    },
  })
})

const SAYS = 'Claim data-web-0 differs from its template: '

test.for<[string, Facts, string]>([
  ['a smaller template can not', drifted(sized('512Mi')), 'requests 1Gi, template 512Mi'],
  ['another class', drifted({storageClassName: 'slow'}), 'class fast, template slow'],
  ['a class that is forbidden', drifted({storageClassName: ''}), 'class fast, template ""'],
  [
    'access modes',
    drifted({accessModes: ['ReadWriteMany']}),
    'access modes ReadWriteOnce, template ReadWriteMany',
  ],
  ['volume mode', drifted({volumeMode: 'Block'}), 'volume mode Filesystem, template Block'],
  [
    'several at once',
    drifted({volumeMode: 'Block', storageClassName: 'slow'}),
    'class fast, template slow, volume mode Filesystem, template Block',
  ],
  [
    'a claim without access modes',
    drifted({}, {accessModes: []}),
    'access modes <none>, template ReadWriteOnce',
  ],
])('%s: said, and left alone', ([, facts, differences]) => {
  expect(about(drift, facts)).toMatchObject({message: SAYS + differences, remedy: null})
})

const {storageClassName: _, ...classless} = claimTemplate('data').spec ?? {}

test.for<[string, Facts]>([
  ['the same size in other words', drifted(sized('1024Mi'))],
  [
    'the same access modes in another order',
    drifted(
      {accessModes: ['ReadOnlyMany', 'ReadWriteOnce']},
      {accessModes: ['ReadWriteOnce', 'ReadOnlyMany']},
    ),
  ],
  ['a volume mode that is the default', drifted({volumeMode: 'Filesystem'})],
  [
    'a template that leaves the class to the cluster',
    {
      ...drifted({}),
      statefulSets: [
        statefulSet({spec: {volumeClaimTemplates: [{metadata: {name: 'data'}, spec: classless}]}}),
      ],
    },
  ],
  ['a claim that is not there', {statefulSets: [statefulSet()], pods: [pod()]}],
])('no drift: %s', ([, facts]) => {
  expect(about(drift, facts)).toBeUndefined()
})

test('a claim that is left over has nobody to differ from', () => {
  const facts = {
    ...drifted(sized('2Gi')),
    pods: [],
    statefulSets: [
      statefulSet({replicas: 0, spec: {volumeClaimTemplates: [claimTemplate('data', sized('2Gi'))]}}),
    ],
  }
  expect(drift(claimSubject(facts))).toBeUndefined()
})

function resizing(status: Parameters<typeof claim>[0], pods = [pod()]): Facts {
  return {pods, persistentVolumeClaims: [claim(status)]}
}

function told(...types: readonly string[]): Facts {
  return resizing({status: {conditions: types.map((type) => ({type, status: 'True', message: 'so it is'}))}})
}

test('a file system grows when its Pod mounts it again', () => {
  expect(about(resize, told('FileSystemResizePending'))).toEqual({
    id: 'resize-fs-pending',
    severity: 'warning',
    message: 'The volume has grown, and its file system grows when a Pod mounts it (claim data-web-0)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 condition FileSystemResizePending=True: so it is'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {text: 'wait some minutes: most drivers grow it while it is in use', commands: []},
        {
          text: 'only if this driver can not: delete the Pod',
          commands: ['kubectl delete pod -n shop web-0'],
        },
      ],
      risk: 'the member is down while its Pod is replaced',
      avoid: '',
      rung: 2,
    },
  })
})

test('a size that can never be had', () => {
  expect(
    about(resize, resizing({status: {allocatedResourceStatuses: {storage: 'NodeResizeInfeasible'}}})),
  ).toEqual({
    id: 'resize-infeasible',
    severity: 'error',
    message: 'The storage system can never expand the volume to 1Gi (claim data-web-0)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 status.allocatedResourceStatuses.storage=NodeResizeInfeasible'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pvc -n shop data-web-0 -o yaml'],
      act: [
        {
          text: 'lower the request to a size that the storage system accepts, not below status.capacity',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

test.for<[string, Facts, object]>([
  [
    'the controller is at it',
    told('Resizing'),
    {id: 'resize-controller-running', severity: 'info', selfHealing: 'yes', remedy: null},
  ],
  [
    'the controller failed',
    told('ControllerResizeError'),
    {id: 'resize-controller-failed', severity: 'error', selfHealing: 'maybe'},
  ],
  ['the node failed', told('NodeResizeError'), {id: 'resize-node-failed', severity: 'error'}],
  ['a failure beside being at it', told('Resizing', 'NodeResizeError'), {id: 'resize-node-failed'}],
  [
    'the file system without a Pod to restart',
    resizing({status: {conditions: [{type: 'FileSystemResizePending', status: 'True'}]}}, []),
    {id: 'resize-fs-pending', remedy: {look: ['kubectl describe pvc -n shop data-web-0'], rung: 0}},
  ],
  [
    'the older word for infeasible',
    resizing({status: {allocatedResourceStatuses: {storage: 'ControllerResizeFailed'}}}),
    {id: 'resize-infeasible'},
  ],
])('%s', ([, facts, expected]) => {
  expect(about(resize, facts)).toMatchObject(expected)
})

test.for<[string, Facts]>([
  [
    'a condition that is not true',
    resizing({status: {conditions: [{type: 'NodeResizeError', status: 'False'}]}}),
  ],
  [
    'an expansion under way in the status alone',
    resizing({status: {allocatedResourceStatuses: {storage: 'ControllerResizeInProgress'}}}),
  ],
  ['no claim', {pods: [pod()]}],
])('nothing is said of %s', ([, facts]) => {
  expect(idOf(about(resize, facts))).toBeUndefined()
})
