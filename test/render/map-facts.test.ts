import {expect, test} from 'vitest'
import {lossText, nameFact, usedText} from '../../src/render/html/map-facts.ts'
import type {MappedClaim, MappedIdentity, MappedSpread} from '../../src/reports/map/report.ts'

const NAME = 'db-0.db.shop.svc'
const fact = (of: Partial<MappedIdentity>) =>
  nameFact({dnsName: NAME, published: true, reason: null, ofPod: true, ...of} as MappedIdentity)

test.for<[string, Partial<MappedIdentity>, string | undefined]>([
  ['all is well', {}, undefined],
  ['nobody knows', {published: null}, undefined],
  ['it leads elsewhere', {ofPod: false}, `name ${NAME} leads to another address`],
  [
    'the Service does not select the Pod',
    {published: false, reason: 'NotSelected', ofPod: null},
    `name ${NAME} not published (not selected)`,
  ],
  ['there is no Service', {published: false, reason: 'NoService'}, `name ${NAME} not published (no Service)`],
  ['the Pod is not ready, which it says itself', {published: false, reason: 'NotReady'}, undefined],
  ['nobody asked for a name', {dnsName: null, published: false, reason: 'NoServiceName'}, undefined],
])('a picture says of a name, when %s: %s', ([, of, wanted]) => {
  expect(fact(of)?.text).toBe(wanted)
  expect(fact(of)?.shade).toBe(wanted && 'error')
})

const usage = {usedBytes: 97, availableBytes: 3, capacityBytes: 100, inodes: null}

test.for<[object, string]>([
  [{}, ''],
  [{usage: null}, 'used <unknown>'],
  [{usage: {...usage, usedBytes: null}}, 'used <unknown>'],
  [{usage}, '97% used, 3 free'],
])('a picture says of a disk %j: %s', ([of, wanted]) => {
  expect(usedText(of as MappedClaim)).toBe(wanted)
})

const place = (name: string, pods: number, leaves: number | null) => ({name, pods, volumes: 0, leaves})

test.for<[string, Partial<MappedSpread>, string]>([
  ['two zones', {zones: [place('a', 2, 1), place('b', 1, 2)]}, 'losing a leaves 1 of 3'],
  ['one zone', {zones: [place('a', 3, 0)]}, ''],
  ['a node without zone', {zones: [place('a', 1, 2), place('b', 1, 2)], zoneless: 1}, ''],
  ['volumes unseen', {zones: [place('a', 2, null), place('b', 1, null)]}, ''],
])('a picture says of the spread over %s: %s', ([, of, wanted]) => {
  expect(lossText({zoneless: 0, unseen: 0, ...of} as MappedSpread, 3)).toBe(wanted)
})
