import fc from 'fast-check'
import {expect, test} from 'vitest'
import {sharedEnds, shortName} from '../../src/render/short.ts'
import {widthOf} from '../../src/render/width.ts'

function short(width: number, ...names: readonly string[]): readonly string[] {
  const shared = sharedEnds()
  for (const name of names) shared.add(name)
  return names.map((name) => shortName(name, width, shared.ends()))
}

test('the middle is left out, from one dash to the next where they are near', () => {
  expect(short(20, 'gke-prod-euw1-stateful-pool-5f2a9c1b-x7kq')).toEqual(['gke-prod-euw1-…-x7kq'])
  expect(short(20, 'abcdefghijklmnopqrstuvwxyz')).toEqual(['abcdefghijklm…uvwxyz'])
})

test('what tells names apart is left out last', () => {
  expect(short(12, 'rack1-node-01-prod-eu', 'rack1-node-02-prod-eu')).toEqual([
    'ra…1-prod-eu',
    'ra…2-prod-eu',
  ])
  expect(short(12, '01-rack-node-prod-eu-1', '02-rack-node-prod-eu-1')).toEqual([
    '01-rac…-eu-1',
    '02-rac…-eu-1',
  ])
})

test('of a name with a domain the host stays', () => {
  const names = [
    'ip-10-0-12-34.eu-central-1.compute.internal',
    'ip-10-0-12-36.us-east-1.compute.internal',
    'a',
  ]
  expect(short(16, ...names)).toEqual(['ip-10-0-12-34…', 'ip-10-0-12-36…', 'a'])
})

test('what is said of a name stays', () => {
  expect(short(31, 'gke-prod-euw1-stateful-pool-5f2a9c1b-x7kq (NotReady)')).toEqual([
    'gke-prod-euw1-…-x7kq (NotReady)',
  ])
  expect(short(18, 'gke-prod-euw1-stateful-pool-5f2a9c1b-x7kq (NotReady)')).toEqual(['…-x7kq (NotReady)'])
  expect(short(12, 'gke-prod-euw1-stateful-pool-5f2a9c1b-x7kq (NotReady)')).toEqual(['gke-pr…-x7kq'])
})

test('however narrow and whatever it is made of, it keeps to its width', () => {
  const part = fc.constantFrom('日本', 'e\u0301', '❤\ufe0f', '-', 'node', '.', ' (x)')
  const name = fc.oneof(
    fc.array(part).map((parts) => parts.join('')),
    fc.string({unit: 'binary', maxLength: 40}),
  )
  fc.assert(
    fc.property(
      fc.array(name, {minLength: 1, maxLength: 5}),
      fc.integer({min: 1, max: 50}),
      (names, width) => {
        for (const each of short(width, ...names)) expect(widthOf(each)).toBeLessThanOrEqual(width)
      },
    ),
    {numRuns: 30},
  )
})
