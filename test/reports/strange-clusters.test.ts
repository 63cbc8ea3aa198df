import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Scope} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {textLines} from '../../src/render/text.ts'
import type {Section, TextOptions} from '../../src/render/view.ts'
import {coverageView} from '../../src/render/views/coverage.ts'
import {mapView} from '../../src/render/views/map.ts'
import {rolloutView} from '../../src/render/views/rollout.ts'
import {statusView} from '../../src/render/views/status.ts'
import {whyView} from '../../src/render/views/why.ts'
import {coverageQuestion} from '../../src/reports/coverage/question.ts'
import {mapQuestion} from '../../src/reports/map/question.ts'
import {rolloutQuestion} from '../../src/reports/rollout/question.ts'
import {statusQuestion} from '../../src/reports/status/question.ts'
import {whyQuestion} from '../../src/reports/why/question.ts'
import {snapshot} from '../builders.ts'
import type {SetFacts} from '../diagnosis/subjects-sets.ts'
import {troubles} from '../diagnosis/troubles.ts'
import {daemonTroubles} from '../diagnosis/troubles-daemon.ts'
import {podTroubles} from '../diagnosis/troubles-pods.ts'
import {rolloutTroubles} from '../diagnosis/troubles-rollout.ts'
import {
  daemonSetTroubles,
  disruptionTroubles,
  rolloutSetTroubles,
  statefulSetTroubles,
  workloadTroubles,
} from '../diagnosis/troubles-sets.ts'
import {claimTroubles, mountTroubles, schedulingTroubles} from '../diagnosis/troubles-volumes.ts'

type Damage = (value: unknown) => unknown

const EVIL = '\u001b[31m\r\u009b\u202e\u200b\n\u0007'
const damages: readonly Damage[] = [
  () => undefined,
  () => null,
  (value) => (typeof value === 'string' ? value + EVIL : undefined),
]

/** Every place in a value, as the keys that lead there. */
function placesOf(value: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place]
  return [place, ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...place, key]))]
}

function damaged(value: unknown, [key, ...rest]: readonly string[], damage: Damage): unknown {
  if (key === undefined) return damage(value)
  if (typeof value !== 'object' || value === null) return value
  const child = damaged((value as Record<string, unknown>)[key], rest, damage)
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? child : each))
  const {[key]: _, ...others} = value as Record<string, unknown>
  return child === undefined ? others : {...others, [key]: child}
}

/** A list in which an object is missing, not an object that is nothing: nobody reads such lists. */
function isField(place: readonly string[]): boolean {
  return place.length > 2 && !/^\d+$/.test(place.at(-1) ?? '')
}

type Facts = Omit<SetFacts, 'budgets' | 'version' | 'unseen'>

/** Small clusters, each with a cause of trouble. */
const clusters: readonly Facts[] = [
  troubles,
  claimTroubles,
  statefulSetTroubles,
  daemonTroubles,
  rolloutTroubles,
  rolloutSetTroubles,
  workloadTroubles,
  podTroubles,
  schedulingTroubles,
  mountTroubles,
  disruptionTroubles,
  daemonSetTroubles,
].flatMap((list: Readonly<Record<string, (h: string) => SetFacts>>) =>
  Object.values(list).map((trouble) => {
    const {unseen: _, version: __, budgets = [], ...facts} = trouble('web')
    return {...facts, podDisruptionBudgets: budgets}
  }),
)

const VERSIONS = ['v1.33.4', 'v1.37.1']

function seen(facts: Facts, version = 'v1.37.1'): ClusterSnapshot {
  return {...snapshot(facts), server: {version}}
}

/** What every question answers; `why` is asked of the set, of its first Pod and claim and of the node. */
function answers(cluster: ClusterSnapshot) {
  const all: Scope = {names: []}
  for (const {more} of [mapQuestion, coverageQuestion, rolloutQuestion, statusQuestion]) more(cluster, all)
  return {
    map: mapQuestion.build(cluster, all),
    coverage: coverageQuestion.build(cluster, all),
    rollout: rolloutQuestion.build(cluster, all),
    status: statusQuestion.build(cluster, all),
    why: reasonsFor(cluster),
  }
}

const SUBJECTS = ['statefulSets', 'daemonSets', 'pods', 'persistentVolumeClaims', 'nodes'] as const

function reasonsFor(cluster: ClusterSnapshot) {
  return SUBJECTS.flatMap((resource) => {
    const name = cluster[resource][0]?.metadata?.name
    if (typeof name !== 'string') return []
    const scope: Scope = {names: [{resource, name}]}
    whyQuestion.more(cluster, scope)
    return whyQuestion.build(cluster, scope)
  })
}

function linesOf({map, coverage, rollout, status, why}: ReturnType<typeof answers>, options: TextOptions) {
  return [
    ...textLines(mapView(map, options), options),
    ...textLines(coverageView(coverage, options) as readonly Section<unknown>[], options),
    ...textLines(rolloutView(rollout, options), options),
    ...textLines(statusView(status, options), options),
    ...why.flatMap((report) => [...textLines(whyView(report, options), options)]),
  ]
}

const strange: fc.Arbitrary<ClusterSnapshot> = fc
  .tuple(
    fc.constantFrom(...clusters),
    fc.constantFrom(...VERSIONS),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...damages)), {minLength: 1, maxLength: 6}),
  )
  .map(([facts, version, hits]) => {
    const broken = hits.reduce<unknown>((value, [where, damage]) => {
      const places = placesOf(value).filter(isField)
      return damaged(value, places[where % places.length] ?? [], damage)
    }, facts)
    return seen(broken as Facts, version)
  })

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
const HOLE = /undefined|NaN|\[object/

/** The first thing in a text that no report says, with what leads there; undefined where there is none. */
function holeIn(text: string): string | undefined {
  const at = text.search(HOLE)
  return at < 0 ? undefined : text.slice(Math.max(0, at - 60), at + 10)
}

test('no cluster is so strange that there is no answer, and no text of it reaches the terminal as it is', () => {
  fc.assert(
    fc.property(strange, fc.constantFrom(undefined, 40, 80), fc.boolean(), (cluster, width, isWide) => {
      const options = {isColored: false, isWide, hasHeaders: true, hasNamespaces: true, ...(width && {width})}
      expect(linesOf(answers(cluster), options).filter((line) => CONTROLS.test(line))).toEqual([])
    }),
    {numRuns: 1500},
  )
})

/** In so many clusters a field is looked at: the same ones are in most. */
const ENOUGH = 3

test('every single field may be missing, null or hostile, and no hole is written out', () => {
  const failures = new Map<string, string>()
  const tries = new Map<string, number>()
  for (const facts of clusters) {
    for (const place of placesOf(facts).filter(isField)) {
      const count = tries.get(place.join('.')) ?? 0
      if (count >= ENOUGH) continue
      tries.set(place.join('.'), count + 1)
      for (const damage of damages) {
        try {
          const hole = holeIn(JSON.stringify(answers(seen(damaged(facts, place, damage) as Facts))))
          if (hole) failures.set(`${place.join('.')} ${damage}`, hole)
        } catch (error) {
          const {message, stack = ''} = error as Error
          const [where = ''] = /src\/[^)]*/.exec(stack) ?? []
          failures.set(`${place.join('.')} ${damage}`, `${message} ${where}`)
        }
      }
    }
  }
  expect([...failures]).toEqual([])
})

test('objects without anything in them have no rows and no findings', () => {
  const empty = {
    statefulSets: [{}],
    pods: [{}],
    persistentVolumeClaims: [{}],
    persistentVolumes: [{}],
    nodes: [{}],
    services: [{}],
  }
  const {workloads} = mapQuestion.build(snapshot(empty), {names: []})
  expect(
    workloads.map(({name, ordinals, findings}) => [
      name,
      ordinals.map(({ordinal, state, pod}) => [ordinal, state, pod]),
      findings,
    ]),
  ).toEqual([['', [[0, 'desired', null]], []]])
})
