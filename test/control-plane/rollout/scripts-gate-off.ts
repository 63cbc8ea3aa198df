import {expect} from 'vitest'
import {untilQuiet} from '../lockstep/play.ts'
import {ofStatefulSet, PARALLEL, type Rollout, rolled, rolling, started} from './scripts.ts'

const TWO = rolling({maxUnavailable: 2})

/** Where the API server drops maxUnavailable and the controller knows nothing of it. */
export const GATE_OFF: readonly Rollout[] = [
  ofStatefulSet('ordered', 9, 'OrderedReady, one Pod at a time', async function* (db) {
    yield* started(db, {replicas: 4, spec: TWO})
    yield* rolled(db, 2)
    expect(db.syncs.at(-1)?.workload.updateStrategy.honorsMaxUnavailable).toBe(false)
    expect(Object.values(await db.versions())).toEqual(['2', '2', '2', '2'])
  }),

  ofStatefulSet('parallel', 7, 'Parallel, one Pod at a time', async function* (db) {
    yield* started(db, {replicas: 4, spec: {...PARALLEL, ...TWO}})
    yield* rolled(db, 2)
    expect(Object.values(await db.versions())).toEqual(['2', '2', '2', '2'])
  }),

  ofStatefulSet('broken', 6, 'Parallel: an old Pod that breaks waits for its turn', async function* (db) {
    yield* started(db, {replicas: 4, spec: {...PARALLEL, ...TWO}})
    await db.roll(2)
    yield
    await db.behave('broken-0', 'not-ready')
    yield* untilQuiet(db)
    expect(Object.values(await db.versions())).toEqual(['2', '2', '2', '2'])
  }),
]
