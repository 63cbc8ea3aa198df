import {expect, test} from 'vitest'
import type {EndpointSlice, Pod, Service} from '../../../src/model/objects.ts'
import {endpoint, endpointSlice, service} from '../../builders.ts'
import {cluster, JUST_NOW, member, namespaceOf, set, TERMINATING, UNREADY} from '../sets.ts'
import {ids, type SetFacts, setFindings} from '../subjects-sets.ts'

const NS = namespaceOf('db')
const NAMED = {hostname: 'db-0', subdomain: 'db'}
const own = member('db', 0, 2, {spec: NAMED})
const FORMER = {addresses: ['10.0.0.9'], targetRef: {kind: 'Pod', uid: 'former'}}

const slice = (...endpoints: readonly ReturnType<typeof endpoint>[]) => endpointSlice('db', NS, endpoints)

function published(
  endpointSlices: readonly EndpointSlice[],
  pod: Pod = own,
  spec: Partial<NonNullable<Service['spec']>> = {},
): SetFacts {
  const services = [service({name: 'db', namespace: NS, spec})]
  return cluster('db', set('db', {status: {readyReplicas: 1}}), [pod], {services, endpointSlices})
}

const young = member('db', 0, 2, {spec: NAMED, metadata: {creationTimestamp: JUST_NOW}})
const unready = member('db', 0, 2, {spec: NAMED, status: UNREADY})
const terminating = {...own, metadata: {...own.metadata, ...TERMINATING}}

test.for<[string, SetFacts, readonly string[]]>([
  ['its own address', published([slice(endpoint(own))]), []],
  ['the address of a former Pod', published([slice(endpoint(own, FORMER))]), ['svc-endpoint-stale']],
  ['its own and another', published([slice(endpoint(own), endpoint(own, FORMER))]), ['svc-endpoint-stale']],
  [
    'another that is not published',
    published([slice(endpoint(own), endpoint(own, {...FORMER, conditions: {ready: false}}))]),
    [],
  ],
  [
    'another under another name',
    published([slice(endpoint(own), endpoint(own, {...FORMER, hostname: 'db-9'}))]),
    [],
  ],
  [
    'its own, written by hand',
    published([slice({addresses: ['10.0.0.1'], conditions: {}, hostname: 'db-0'})]),
    [],
  ],
  [
    'its own of the other family',
    published([slice(endpoint(own), endpoint(own, {addresses: ['fd00::1']}))]),
    [],
  ],
  ['none', published([slice()]), ['svc-endpoint-stale']],
  ['none, and there is no slice', published([]), ['svc-endpoint-stale']],
  ['none yet', published([], young), []],
  ['none, for it is not ready', published([slice()], unready), []],
  ['none, for it stops', published([slice()], terminating), []],
  [
    'none, though what is not ready is published',
    published([slice()], unready, {publishNotReadyAddresses: true}),
    ['svc-endpoint-stale'],
  ],
  ['none, and the Service leads elsewhere', published([], own, {type: 'ExternalName'}), []],
  ['EndpointSlices were not seen', {...published([]), unseen: ['endpointSlices']}, []],
  [
    'a slice of another Service',
    published([endpointSlice('web', NS, [endpoint(own, FORMER)]), slice(endpoint(own))]),
    [],
  ],
])('under its name stands %s', ([, facts, wanted]) => {
  const found = ids(setFindings(facts)).filter((id) => id.startsWith('svc-'))
  expect(found).toEqual(wanted)
})

test('says where the name leads, and whose that is', () => {
  const byHand = endpointSlice(
    'db',
    NS,
    [endpoint(own), {addresses: ['10.0.0.9'], conditions: {}, hostname: 'db-0'}],
    'me',
  )
  const [finding] = setFindings(published([byHand]))
  expect(finding?.message).toBe(`db-0.db.${NS}.svc leads to 10.0.0.9, which is not Pod db-0`)
  expect(finding?.evidence).toEqual([
    'pod/db-0 status.podIP=10.0.0.1, uid uid-db-0',
    'endpointslice/db-abc hostname db-0: 10.0.0.9, no targetRef',
  ])
  expect(finding?.remedy?.act[0]?.text).toContain('find out who wrote db-abc')
})

test.for<[string, Pod, readonly string[]]>([
  ['a hostname and its subdomain', own, []],
  ['a subdomain alone', member('db', 0, 2, {spec: {subdomain: 'db'}}), ['svc-hostname-not-published']],
  ['neither, and an endpoint without a name', member('db', 0, 2), ['svc-hostname-not-published']],
])('a Pod with %s', ([, pod, wanted]) => {
  const {hostname: _, ...nameless} = endpoint(pod)
  const facts = published([slice(pod === own ? endpoint(own) : nameless)], pod)
  expect(ids(setFindings(facts)).filter((id) => id.startsWith('svc-'))).toEqual(wanted)
})

const WHOLE = {app: 'db', tier: 'data'}

/** A Service that selects by two labels, the template of a set with both, and its Pod of that revision. */
function selecting(labels: Readonly<Record<string, string>>, revision: number, updateStrategy = {}) {
  const hash = {'controller-revision-hash': `db-${revision}`}
  const pod = member('db', 0, 2, {spec: NAMED, metadata: {labels: {...labels, ...hash}}})
  const template = {metadata: {labels: WHOLE}, spec: {containers: []}}
  const made = set('db', {status: {readyReplicas: 1}, spec: {template, updateStrategy}})
  const services = [service({name: 'db', namespace: NS, spec: {selector: WHOLE}})]
  const endpointSlices = [slice(endpoint(pod))]
  return setFindings(cluster('db', made, [pod], {services, endpointSlices}))
}

const LABEL = `kubectl label pod -n ${NS} db-0 --overwrite tier=data`

test('a Pod from which somebody took a label is no more selected', () => {
  expect(selecting(WHOLE, 2)).toEqual([])
  const [finding, ...others] = selecting({app: 'db'}, 2)
  expect(others).toEqual([])
  expect(finding).toMatchObject({id: 'svc-selector-mismatch', selfHealing: 'no'})
  expect(finding?.message).toContain('whose labels are not those of the Pod template')
  expect(finding?.remedy?.act.map(({commands}) => commands)).toEqual([[LABEL]])
})

test('a Pod that lacks a label which the rollout brings is waited for', () => {
  const [finding] = selecting({app: 'db'}, 1)
  expect(finding).toMatchObject({id: 'svc-selector-mismatch', severity: 'warning', selfHealing: 'maybe'})
  expect(finding?.message).toBe(
    'Service db does not select db-0, which the rollout has yet to replace by Pods with its labels, and does not publish it',
  )
  expect(finding?.remedy?.act.map(({commands}) => commands)).toEqual([[], [LABEL]])
})

test.for<[string, object]>([
  ['below the partition', {type: 'RollingUpdate', rollingUpdate: {partition: 1}}],
  ['of OnDelete', {type: 'OnDelete'}],
])('an old Pod %s is not replaced', ([, strategy]) => {
  expect(selecting({app: 'db'}, 1, strategy)[0]).toMatchObject({selfHealing: 'no'})
})

test('what is mirrored is corrected where it comes from', () => {
  const mirrored = endpointSlice(
    'db',
    NS,
    [{addresses: ['10.0.0.9'], conditions: {}, hostname: 'db-0'}],
    'endpointslicemirroring-controller.k8s.io',
  )
  const [finding] = setFindings(published([mirrored]))
  expect(finding?.remedy?.act[0]?.text).toBe(
    'correct the Endpoints object of the Service, which somebody wrote by hand: db-abc mirrors it',
  )
})
