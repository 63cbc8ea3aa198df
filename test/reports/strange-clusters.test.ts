import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {ClusterSnapshot, Observed} from '../../src/model/snapshot.ts'
import {textLines} from '../../src/render/text.ts'
import {mapView} from '../../src/render/views/map.ts'
import {mapQuestion} from '../../src/reports/map.ts'
import {snapshot} from '../builders.ts'
import {troubles} from '../diagnosis/troubles.ts'

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

const strange: fc.Arbitrary<ClusterSnapshot> = fc
  .tuple(
    fc.constantFrom(...Object.values(troubles)),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...damages)), {minLength: 1, maxLength: 6}),
  )
  .map(([trouble, hits]) => {
    const {unseen: _, ...facts} = trouble('web')
    const broken = hits.reduce<unknown>((value, [where, damage]) => {
      const places = placesOf(value).filter(isField)
      return damaged(value, places[where % places.length] ?? [], damage)
    }, facts)
    return snapshot(broken as Partial<Observed>)
  })

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

test('no cluster is so strange that there is no answer, and no text of it reaches the terminal as it is', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(strange, fc.constantFrom(undefined, 40, 80), fc.boolean(), (cluster, width, isWide) => {
      mapQuestion.more(cluster, {names: []})
      const report = mapQuestion.build(cluster, {names: []})
      const options = {isColored: false, isWide, hasHeaders: true, hasNamespaces: true, ...(width && {width})}
      for (const line of textLines(mapView(report, options), options)) expect(line).not.toMatch(CONTROLS)
    }),
    {numRuns: 1000},
  )
})

test('every single field may be missing, null or hostile, and no hole is written out', {
  timeout: 30_000,
}, () => {
  for (const trouble of Object.values(troubles)) {
    const {unseen: _, ...facts} = trouble('web')
    for (const place of placesOf(facts).filter(isField)) {
      for (const damage of damages) {
        const report = mapQuestion.build(snapshot(damaged(facts, place, damage) as Partial<Observed>), {
          names: [],
        })
        expect([place, JSON.stringify(report)]).toEqual([
          place,
          expect.not.stringMatching(/undefined|NaN|\[object/),
        ])
      }
    }
  }
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
