import {expect, test} from 'vitest'
import {leftoverClaims, ordinalsText} from '../../../src/diagnosis/stateful-set/leftover-claims.ts'
import {service as rule} from '../../../src/diagnosis/stateful-set/service.ts'
import type {StatefulSet} from '../../../src/model/objects.ts'
import {claim, healthy, pod, service, statefulSet} from '../../builders.ts'
import {type Facts, idOf, setSubject} from '../subjects.ts'

const SET = {kind: 'StatefulSet', namespace: 'shop', name: 'web'}
const SERVICE = {kind: 'Service', namespace: 'shop', name: 'web'}

function claims(...numbers: readonly number[]) {
  return numbers.map((ordinal) => claim({name: `data-web-${ordinal}`}))
}

const going = claim({name: 'data-web-1', metadata: {deletionTimestamp: '2026-05-01T11:00:00Z'}})

const DONT =
  'delete a claim whose data may still be wanted: it is lost, unless the volume has reclaim policy Retain'

test('claims of a scale-down are left over', () => {
  expect(leftoverClaims(setSubject({...healthy(), persistentVolumeClaims: claims(0, 1, 4)}))).toEqual({
    id: 'pvc-leftover',
    severity: 'info',
    message:
      '2 claims are left over from ordinals 1, 4: scaling up again reuses them with the data that they hold',
    object: SET,
    evidence: ['statefulset/web spec.replicas=1', 'pvc/data-web-1, pvc/data-web-4'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-1 data-web-4'],
      act: [
        {
          text: 'keep them if the set may grow again; those that no Pod uses (`Used By`) and whose data nobody wants can be deleted, one by one',
          commands: [],
        },
      ],
      risk: '',
      avoid: DONT,
      rung: 0,
    },
  })
})

const mounting = (claimName: string) =>
  pod({
    name: 'mig-abc',
    metadata: {labels: {app: 'mig'}, ownerReferences: []},
    spec: {containers: [], volumes: [{name: 'd', persistentVolumeClaim: {claimName}}]},
  })
const saying = (status: string) =>
  claim({
    name: 'data-web-4',
    status: {phase: 'Bound', conditions: [{type: 'Unused', status}]},
  })
const naming = (claimName: string) => {
  const {spec, ...set} = statefulSet({name: 'other'})
  const volumes = [{name: 'd', persistentVolumeClaim: {claimName}}]
  return {
    ...set,
    spec: {...spec, template: {spec: {containers: [], volumes}}},
  } as StatefulSet
}

test.for<[string, Facts, boolean]>([
  ['a Pod of another workload mounts', {pods: [pod(), mounting('data-web-4')]}, false],
  ['a Pod of another workload mounts, and not this one', {pods: [pod(), mounting('data-web-3')]}, true],
  ['the template of another set names', {statefulSets: [statefulSet(), naming('data-web-4')]}, false],
  ['the server says that a Pod uses', {persistentVolumeClaims: [saying('False')]}, false],
  ['the server says that no Pod uses', {persistentVolumeClaims: [saying('True')]}, true],
])('a claim of a removed ordinal that %s', ([, facts, isLeft]) => {
  const finding = leftoverClaims(setSubject({...healthy(), persistentVolumeClaims: claims(0, 4), ...facts}))
  expect(finding?.id).toBe(isLeft ? 'pvc-leftover' : undefined)
})

test('the claims of a set that is parked at 0 wait for it', () => {
  const parked = {...healthy(), statefulSets: [statefulSet({replicas: 0})], pods: []}
  const finding = leftoverClaims(setSubject({...parked, persistentVolumeClaims: claims(0, 1)}))
  expect(finding?.remedy).toEqual({
    look: ['kubectl describe pvc -n shop data-web-0 data-web-1'],
    act: [{text: 'keep them: the set is parked at 0 replicas, and its claims wait for it', commands: []}],
    risk: '',
    avoid: DONT,
    rung: 0,
  })
})

const other = (name: string) => claim({name, metadata: {labels: {app: 'web'}}})

test.for([
  [
    'below the start',
    statefulSet({spec: {ordinals: {start: 5}}}),
    claims(0, 1),
    'scaling up does not reuse them',
  ],
  ['of no template', statefulSet(), [other('old-web-3')], 'scaling up does not reuse it'],
  [
    'of both',
    statefulSet({spec: {ordinals: {start: 5}}}),
    claims(1, 8),
    'scaling up again reuses 1 of them with the data that it holds',
  ],
] as const)('claims %s are not said to be reused: %s', ([, set, persistentVolumeClaims, text]) => {
  const facts = {...healthy(), pods: [], statefulSets: [set], persistentVolumeClaims}
  expect(leftoverClaims(setSubject(facts as Facts))?.message).toMatch(new RegExp(`: ${text}$`))
})

test('a parked set waits for no claim that it does not use', () => {
  const facts = {statefulSets: [statefulSet({replicas: 0})], persistentVolumeClaims: [other('old-web-0')]}
  expect(leftoverClaims(setSubject(facts))?.remedy?.act[0]?.text).toBe(
    'those that no Pod uses (`Used By`) and whose data nobody wants can be deleted, one by one',
  )
})

test('of many claims only a few are named, and the command finds them by their labels', () => {
  const many = Array.from({length: 343}, (_, index) => index + 1)
  const facts = {...healthy(), persistentVolumeClaims: claims(0, ...many)}
  expect(leftoverClaims(setSubject(facts))).toMatchObject({
    message: expect.stringContaining('343 claims are left over from ordinals 1…343: '),
    evidence: [
      'statefulset/web spec.replicas=1',
      'pvc/data-web-1, pvc/data-web-2, pvc/data-web-3, pvc/data-web-4, pvc/data-web-5 and 338 more',
    ],
    remedy: {look: ['kubectl describe pvc -n shop -l app=web']},
  })
})

test('many claims of a set that selects by expressions: the namespace has to do', () => {
  const selector = {matchExpressions: [{key: 'app', operator: 'Exists'}]}
  const facts = {...healthy(), statefulSets: [statefulSet({spec: {selector}})]}
  const left = leftoverClaims(setSubject({...facts, persistentVolumeClaims: claims(1, 2, 3, 4, 5, 6)}))
  expect(left?.remedy?.look).toEqual(['kubectl describe pvc -n shop'])
})

test.for<[string, Facts]>([
  ['nothing beyond the set', healthy(2)],
  ['a Pod that is still there', {...healthy(2), statefulSets: [statefulSet({replicas: 1})]}],
  ['a claim that is being deleted', {...healthy(), persistentVolumeClaims: [...claims(0), going]}],
  [
    'Pods that were not seen: the claims may be in use',
    {...healthy(2), statefulSets: [statefulSet()], pods: [], unseen: ['pods']},
  ],
  [
    'claims that were not seen',
    {...healthy(), persistentVolumeClaims: [], unseen: ['persistentVolumeClaims']},
  ],
])('nothing is left over with %s', ([, facts]) => {
  expect(leftoverClaims(setSubject(facts))).toBeUndefined()
})

test.for([
  [[3], 'ordinal 3'],
  [[1, 2], 'ordinals 1, 2'],
  [[9, 10, 11], 'ordinals 9…11'],
  [[0, 3, 4, 5, 9], 'ordinals 0, 3…5, 9'],
  [[0, 2, 4, 6, 8, 10, 11, 12, 14], 'ordinals 0, 2, 4, 6, 8 and 4 more'],
] as const)('%o are written %s', ([ordinals, expected]) => {
  expect(ordinalsText(ordinals)).toBe(expected)
})

test('the governing Service is not there', () => {
  expect(rule(setSubject({...healthy(), services: []}))).toEqual({
    id: 'svc-missing',
    severity: 'warning',
    message: 'Service web, which governs the set, does not exist, so its Pods have no DNS names',
    object: SERVICE,
    evidence: ['statefulset/web spec.serviceName=web', 'service/web not found'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get services -n shop'],
      act: [
        {
          text: 'only if no Service of another name was meant (then it is serviceName that is misspelt): create it',
          commands: ['kubectl create service clusterip web -n shop --clusterip=None'],
        },
      ],
      risk: '',
      avoid: '',
      rung: 1,
    },
  })
})

test('without its Service a set that does not work may lack just that: then it is an error', () => {
  const conditions = [{type: 'Ready', status: 'False'}]
  for (const pods of [[], [pod({status: {conditions}})]])
    expect(rule(setSubject({...healthy(), pods, services: []}))?.severity).toBe('error')
})

const BY_EXPRESSION = {matchExpressions: [{key: 'app', operator: 'In', values: ['web', 'db']}]}

function byExpression(labels: Readonly<Record<string, string>>, services: Facts['services'] = []): Facts {
  const template = {metadata: {labels}, spec: {containers: []}}
  const spec = {selector: BY_EXPRESSION, template}
  return {...healthy(), services, statefulSets: [statefulSet({spec})]}
}

test('a set that selects by expressions: the Service gets the labels of its Pod template', () => {
  const actsOf = (facts: Facts) => rule(setSubject(facts))?.remedy?.act?.flatMap(({commands}) => commands)
  expect(actsOf(byExpression({app: 'web', tier: 'a'}))).toEqual([
    'kubectl create service clusterip web -n shop --clusterip=None',
    'kubectl set selector service web -n shop app=web,tier=a',
  ])
  const other = [service({spec: {selector: {app: 'other'}}})]
  expect(actsOf(byExpression({app: 'db'}, other))).toEqual([
    'kubectl set selector service web -n shop app=db',
  ])
})

test('without any label to select by, no command would help', () => {
  expect(rule(setSubject(byExpression({})))?.remedy).toEqual({
    look: [],
    act: [
      {
        text: "create a headless Service web (clusterIP: None) whose selector fits the set's Pods: their template has no labels to take it from",
        commands: [],
      },
    ],
    risk: '',
    avoid: '',
    rung: 0,
  })
})

test('the governing Service selects other Pods', () => {
  expect(rule(setSubject({...healthy(), services: [service({spec: {selector: {app: 'other'}}})]}))).toEqual({
    id: 'svc-selector-mismatch',
    severity: 'warning',
    message: "Service web does not select the set's Pods, and publishes none of them",
    object: SERVICE,
    evidence: ['service/web spec.selector app=other', 'Pod template labels app=web'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pods -n shop -l app=other'],
      act: [
        {
          text: 'only if the Service is for nobody else, not even for a set that is scaled to 0 (the command above shows the Pods that it serves now): let it select the set',
          commands: ['kubectl set selector service web -n shop app=web'],
        },
      ],
      risk: 'Pods that the Service selects now, if the command of Look shows any, lose their names and its traffic',
      avoid: '',
      rung: 1,
    },
  })
})

test('the governing Service is that of another set: no command takes it away from there', () => {
  const other = pod({name: 'db-0', metadata: {labels: {app: 'other'}}})
  const elsewhere = pod({name: 'db-0', namespace: 'bank', metadata: {labels: {app: 'other'}}})
  const services = [service({spec: {selector: {app: 'other'}}})]
  const remedy = (pods: NonNullable<Facts['pods']>) =>
    rule(setSubject({...healthy(), services, pods}))?.remedy
  expect(remedy([other])).toEqual({
    look: ['kubectl get pods -n shop -l app=other'],
    act: [
      {
        text: "give this set a headless Service of its own: serviceName can't be changed in place, so delete the set with --cascade=orphan and apply it again",
        commands: [],
      },
      {text: 'let the Service select by a label that the Pods of both have', commands: []},
    ],
    risk: '',
    avoid: 'change its selector: Pod db-0, which it serves now, would lose their names and its traffic',
    rung: 0,
  })
  expect(remedy([elsewhere])?.act?.[0]?.commands).toHaveLength(1)
})

test('the governing Service has an address of its own', () => {
  expect(rule(setSubject({...healthy(), services: [service({spec: {clusterIP: '10.1.2.3'}})]}))).toEqual({
    id: 'svc-not-headless',
    severity: 'warning',
    message:
      'Service web, which governs the set, is not headless: its name leads to any Pod, not to all of them',
    object: SERVICE,
    evidence: ['service/web spec.type=ClusterIP, clusterIP=10.1.2.3'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get service -n shop web -o yaml'],
      act: [
        {
          text: "give the clients of its address a second Service first; then delete this one and create it with clusterIP None, which can't be changed in place",
          commands: [],
        },
      ],
      avoid: '',
      risk: 'clients of its address lose it',
      rung: 1,
    },
  })
})

test.for<[string, Facts, string | undefined]>([
  ['a headless Service that selects the Pods', healthy(), undefined],
  [
    'a Service whose endpoints somebody else keeps',
    {...healthy(), services: [service({spec: {selector: {}}})]},
    undefined,
  ],
  [
    'a Service that selects by one of the labels',
    {
      ...healthy(),
      statefulSets: [
        statefulSet({
          spec: {template: {metadata: {labels: {app: 'web', tier: 'a'}}, spec: {containers: []}}},
        }),
      ],
    },
    undefined,
  ],
  [
    'a set that names no Service',
    {...healthy(), services: [], statefulSets: [statefulSet({spec: {serviceName: ''}})]},
    undefined,
  ],
  ['Services that were not seen', {...healthy(), services: [], unseen: ['services']}, undefined],
  [
    'a Service of another namespace only',
    {...healthy(), services: [service({namespace: 'other'})]},
    'svc-missing',
  ],
  [
    'a Service without address',
    {...healthy(), services: [service({spec: {type: 'ExternalName', clusterIP: ''}})]},
    'svc-not-headless',
  ],
  [
    'a set without replicas',
    {...healthy(), services: [], statefulSets: [statefulSet({replicas: 0})], pods: [pod()]},
    'svc-missing',
  ],
])('%s', ([, facts, id]) => {
  expect(idOf(rule(setSubject(facts)))).toBe(id)
})
