import {expect, test} from 'vitest'
import type {PodTemplate} from '../../src/model/objects.ts'
import {spreadRulesOf} from '../../src/model/spread-rules.ts'

const OWN = {matchLabels: {app: 'db'}}

function rules(spec: object): readonly string[] {
  const template = {metadata: {labels: {app: 'db'}}, spec: {containers: [], ...spec}} as PodTemplate
  return spreadRulesOf(template).map(({rule, over, strength}) => `${rule} ${over} ${strength}`)
}

const constraint = (topologyKey: string, whenUnsatisfiable: string, labelSelector: object = OWN) => ({
  topologyKey,
  whenUnsatisfiable,
  maxSkew: 1,
  labelSelector,
})

test('the strictest rule stands first', () => {
  const topologySpreadConstraints = [
    constraint('topology.kubernetes.io/zone', 'ScheduleAnyway'),
    constraint('kubernetes.io/hostname', 'DoNotSchedule'),
  ]
  expect(rules({topologySpreadConstraints})).toEqual([
    'topologySpreadConstraints node DoNotSchedule',
    'topologySpreadConstraints zone ScheduleAnyway',
  ])
})

test.for<[string, object]>([
  ['other Pods', constraint('kubernetes.io/hostname', 'DoNotSchedule', {matchLabels: {app: 'web'}})],
  ['no Pods', {topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1}],
  ['racks', constraint('example.com/rack', 'DoNotSchedule')],
  ['what every object has', constraint('constructor', 'DoNotSchedule')],
])('a rule about %s is none', ([, one]) => {
  expect(rules({topologySpreadConstraints: [one]})).toEqual([])
})

test('anti-affinity is required or preferred', () => {
  const term = {topologyKey: 'kubernetes.io/hostname', labelSelector: OWN}
  const podAntiAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: [term],
    preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: term}],
  }
  expect(rules({affinity: {podAntiAffinity}})).toEqual([
    'podAntiAffinity node required',
    'podAntiAffinity node preferred',
  ])
})
