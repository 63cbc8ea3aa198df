import {expect, test} from 'vitest'
import {identityOf} from '../../src/model/identity.ts'
import type {Pod, Service} from '../../src/model/objects.ts'
import {ordinalsOf} from '../../src/model/ordinals.ts'
import {relate} from '../../src/model/relations.ts'
import type {Observed} from '../../src/model/snapshot.ts'
import {endpoint, endpointSlice, pod, service, snapshot, statefulSet} from '../builders.ts'

type Spec = Partial<NonNullable<Service['spec']>>

const member = (others: Parameters<typeof pod>[0] = {}) =>
  pod({...others, spec: {hostname: 'web-0', subdomain: 'web', ...others.spec}})

/** What the EndpointSlice controller makes of a Pod (podToEndpoint, 1.37). */
function sliceOf(of: Pod, {publishNotReadyAddresses = false}: Spec) {
  const serving =
    of.status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True') ?? false
  const terminating = Boolean(of.metadata?.deletionTimestamp)
  const ready = publishNotReadyAddresses || (serving && !terminating)
  const {hostname: _, ...nameless} = endpoint(of)
  const isNamed = of.spec?.hostname && of.spec.subdomain === 'web'
  const isIn = of.status?.podIP && of.status.phase !== 'Succeeded'
  const made = {...(isNamed ? endpoint(of) : nameless), conditions: {ready, serving, terminating}}
  return endpointSlice('web', 'shop', isIn ? [made] : [])
}

function identity(
  of: Pod | undefined,
  spec: Spec = {},
  others: Partial<Observed> = {},
  unseen: readonly (keyof Observed)[] = [],
) {
  const set = statefulSet()
  const facts = {
    statefulSets: [set],
    pods: of ? [of] : [],
    services: [service({spec})],
    endpointSlices: of ? [sliceOf(of, spec)] : [],
    ...others,
  }
  const relations = relate(snapshot(facts, unseen))
  const [ordinal] = ordinalsOf(set, relations)
  if (!ordinal) throw new Error('no ordinal')
  const {dnsName, isPublished, reason} = identityOf(set, ordinal, relations)
  expect(dnsName).toBe('web-0.web.shop.svc')
  return [isPublished, reason]
}

const UNREADY = {conditions: [{type: 'Ready', status: 'False'}]}
const TERMINATING = {deletionTimestamp: '2026-05-01T12:00:10Z'}
const stopping = {...member(), metadata: {...member().metadata, ...TERMINATING}}
const PUBLISH = {publishNotReadyAddresses: true}

// shared/semantics.md, 4.4
test.for<[string, Pod | undefined, Spec, readonly unknown[]]>([
  ['D1: it is ready', member(), {}, [true, undefined]],
  ['D2: it is not ready', member({status: UNREADY}), {}, [false, 'NotReady']],
  ['D2: it is not ready, and published all the same', member({status: UNREADY}), PUBLISH, [true, undefined]],
  ['D3: its subdomain is another Service', member({spec: {subdomain: 'db'}}), {}, [false, 'OtherName']],
  ['D4: it stops', stopping, {}, [false, 'Terminating']],
  ['D4: it stops, and is published all the same', stopping, PUBLISH, [true, undefined]],
  ['D5: it has finished', member({status: {phase: 'Succeeded'}}), PUBLISH, [false, 'Finished']],
  ['D6: the Service has an address of its own', member(), {clusterIP: '10.96.0.1'}, [true, undefined]],
  ['D7: it has no address', member({status: {podIP: ''}}), PUBLISH, [false, 'NoAddress']],
  ['there is none', undefined, {}, [false, 'NoPod']],
  ['the Service is an alias', member(), {type: 'ExternalName'}, [false, 'ExternalName']],
])('whether the name of a Pod is published: %s', ([, of, spec, wanted]) => {
  expect(identity(of, spec)).toEqual(wanted)
})

test.for<[string, Partial<Observed>, readonly (keyof Observed)[], readonly unknown[]]>([
  ['no Service', {services: []}, [], [false, 'NoService']],
  ['Services that were not seen', {services: []}, ['services'], [undefined, undefined]],
  ['EndpointSlices that were not seen', {endpointSlices: []}, ['endpointSlices'], [undefined, undefined]],
  ['no endpoint, for no reason', {endpointSlices: []}, [], [false, 'NotListed']],
  [
    'a Service that selects others',
    {services: [service({spec: {selector: {app: 'db'}}})], endpointSlices: []},
    [],
    [false, 'NotSelected'],
  ],
  [
    'endpoints of another Service',
    {endpointSlices: [endpointSlice('db', 'shop', [endpoint(member())])]},
    [],
    [false, 'NotListed'],
  ],
  [
    'endpoints of another namespace',
    {endpointSlices: [endpointSlice('web', 'prod', [endpoint(member())])]},
    [],
    [false, 'NotListed'],
  ],
  [
    'an endpoint that does not say whether it is ready',
    {endpointSlices: [endpointSlice('web', 'shop', [endpoint(member(), {conditions: {}})])]},
    [],
    [true, undefined],
  ],
])('whether the name is published, with %s', ([, others, unseen, wanted]) => {
  expect(identity(member(), {}, others, unseen)).toEqual(wanted)
})
