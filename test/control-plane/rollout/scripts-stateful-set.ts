import {expect} from 'vitest'
import {untilQuiet, untilSync} from '../lockstep/play.ts'
import {behaviour} from '../situations/behaviours.ts'
import {halfRolled, ofStatefulSet, PARALLEL, type Rollout, rolled, rolling, started} from './scripts.ts'

const at = (version: number, name: string, ...ordinals: readonly number[]) =>
  Object.fromEntries(ordinals.map((ordinal) => [`${name}-${ordinal}`, String(version)]))

export const PLAIN: readonly Rollout[] = [
  ofStatefulSet('ordered', 7, 'OrderedReady, from the highest ordinal down', async function* (db) {
    yield* started(db)
    yield* rolled(db, 2)
    expect(await db.versions()).toEqual(at(2, 'ordered', 0, 1, 2))
    expect(db.syncs.at(-1)?.workload.state).toBe('Complete')
  }),

  ofStatefulSet('parallel', 5, 'Parallel, still one Pod at a time', async function* (db) {
    yield* started(db, {replicas: 4, spec: PARALLEL})
    yield* rolled(db, 2)
    expect(await db.versions()).toEqual(at(2, 'parallel', 0, 1, 2, 3))
  }),

  ofStatefulSet('open', 7, 'partition 0, which holds nothing back', async function* (db) {
    yield* started(db, {spec: {...PARALLEL, ...rolling({partition: 0})}})
    yield* rolled(db, 2)
    expect(await db.versions()).toEqual(at(2, 'open', 0, 1, 2))
  }),

  ofStatefulSet(
    'split',
    10,
    'partition 2: a Pod below it comes back at the current revision, until it is lowered',
    async function* (db) {
      yield* started(db, {replicas: 4, spec: rolling({partition: 2})})
      yield* halfRolled(db, 2)
      await db.deletePod('split-0')
      yield* untilQuiet(db)
      expect(await db.versions()).toEqual({...at(1, 'split', 0, 1), ...at(2, 'split', 2, 3)})
      expect(db.syncs.at(-1)?.workload.state).toBe('Held')
      await db.edit(rolling({partition: 0}))
      yield* untilQuiet(db)
      expect(await db.versions()).toEqual(at(2, 'split', 0, 1, 2, 3))
    },
  ),

  ofStatefulSet(
    'high',
    8,
    'ordinals.start 5: moved on in the middle, the lowest Pod is condemned',
    async function* (db) {
      yield* started(db, {start: 5})
      yield* halfRolled(db, 2)
      await db.edit({ordinals: {start: 6}})
      yield* untilQuiet(db)
      expect(await db.versions()).toEqual(at(2, 'high', 6, 7, 8))
    },
  ),

  ofStatefulSet('wide', 6, 'maxUnavailable 2, OrderedReady', async function* (db) {
    yield* started(db, {replicas: 5, spec: rolling({maxUnavailable: 2})})
    yield* rolled(db, 2)
    expect(await db.versions()).toEqual(at(2, 'wide', 0, 1, 2, 3, 4))
  }),

  ofStatefulSet('broken', 4, 'maxUnavailable 2, Parallel: old Pods that break go too', async function* (db) {
    yield* started(db, {replicas: 6, spec: {...PARALLEL, ...rolling({maxUnavailable: 2})}})
    await db.roll(2)
    yield
    for (const pod of ['broken-0', 'broken-1']) await db.behave(pod, 'not-ready')
    yield
    expect(db.syncs.at(-1)?.acts.toSorted()).toEqual([
      expect.stringContaining('Create broken-4'),
      expect.stringContaining('Create broken-5'),
      'Delete broken-0',
      'Delete broken-1',
    ])
    yield* untilQuiet(db)
    expect(await db.versions()).toEqual(at(2, 'broken', 0, 1, 2, 3, 4, 5))
  }),

  ofStatefulSet('shrunk', 7, 'scaled down in the middle', async function* (db) {
    yield* started(db, {replicas: 5})
    yield* halfRolled(db, 2)
    await db.edit({replicas: 2})
    yield* untilQuiet(db)
    expect(await db.versions()).toEqual(at(2, 'shrunk', 0, 1))
  }),

  ofStatefulSet('grown', 8, 'scaled up in the middle', async function* (db) {
    yield* started(db, {replicas: 2})
    yield* halfRolled(db, 2)
    await db.edit({replicas: 4})
    yield* untilQuiet(db)
    expect(await db.versions()).toEqual(at(2, 'grown', 0, 1, 2, 3))
  }),

  ofStatefulSet('twice', 8, 'another template while the first one is half rolled out', async function* (db) {
    yield* started(db)
    yield* halfRolled(db, 2)
    yield* rolled(db, 3)
    expect(await db.versions()).toEqual(at(3, 'twice', 0, 1, 2))
  }),

  ofStatefulSet(
    'stuck',
    4,
    'a bad revision, OrderedReady: reverted, its Pod stays until a person deletes it',
    async function* (db) {
      const bad = behaviour('not-ready')
      yield* started(db)
      yield* rolled(db, 2, bad)
      expect(await db.versions()).toEqual({...at(1, 'stuck', 0, 1), ...at(2, 'stuck', 2)})
      yield* rolled(db, 1, Object.fromEntries(Object.keys(bad).map((key) => [key, null])))
      expect(await db.versions()).toEqual({...at(1, 'stuck', 0, 1), ...at(2, 'stuck', 2)})
      await db.deletePod('stuck-2')
      yield* untilQuiet(db)
      expect(await db.versions()).toEqual(at(1, 'stuck', 0, 1, 2))
    },
  ),

  ofStatefulSet('freed', 4, 'a bad revision, Parallel: reverted, its Pod is replaced', async function* (db) {
    const bad = behaviour('not-ready')
    yield* started(db, {spec: PARALLEL})
    yield* rolled(db, 2, bad)
    expect(await db.versions()).toEqual({...at(1, 'freed', 0, 1), ...at(2, 'freed', 2)})
    yield* rolled(db, 1, Object.fromEntries(Object.keys(bad).map((key) => [key, null])))
    expect(await db.versions()).toEqual(at(1, 'freed', 0, 1, 2))
  }),

  ofStatefulSet('by-hand', 6, 'OnDelete: a person deletes Pod by Pod', async function* (db) {
    yield* started(db, {spec: {updateStrategy: {type: 'OnDelete'}}})
    yield* rolled(db, 2)
    expect(await db.versions()).toEqual(at(1, 'by-hand', 0, 1, 2))
    for (const pod of ['by-hand-1', 'by-hand-0', 'by-hand-2']) {
      await db.deletePod(pod)
      yield* untilQuiet(db)
    }
    expect(await db.versions()).toEqual(at(2, 'by-hand', 0, 1, 2))
  }),

  ofStatefulSet('failed', 6, 'a Pod that fails, and one that ends, are replaced', async function* (db) {
    yield* started(db, {replicas: 4})
    yield* halfRolled(db, 2)
    for (const [pod, phase] of [
      ['failed-1', 'Failed'],
      ['failed-0', 'Succeeded'],
    ] as const) {
      await db.behave(pod, 'manual')
      await db.setStatus(pod, {phase})
    }
    yield* untilSync(db, ({foreseen}) => foreseen > 1)
    yield* untilQuiet(db)
    expect(await db.versions()).toEqual(at(2, 'failed', 0, 1, 2, 3))
  }),

  ofStatefulSet('recreated', 3, 'Recreate: all Pods go, then all come', async function* (db) {
    yield* started(db, {spec: {updateStrategy: {type: 'Recreate'}, ...PARALLEL}})
    yield* rolled(db, 2)
    expect(await db.versions()).toEqual(at(2, 'recreated', 0, 1, 2))
  }),
]
