import {expect} from 'vitest'
import type {WaitReason} from '../../../src/model/rollout/next-step.ts'
import {ask, type Played, untilQuiet, untilSync} from '../lockstep/play.ts'
import type {Sync} from '../lockstep/syncs.ts'
import {behaviour} from '../situations/behaviours.ts'
import {claim} from '../situations/volumes.ts'
import {age, halfRolled, ofStatefulSet, PARALLEL, type Rollout, rolled, started} from './scripts.ts'

const HOUR = 3600

const waitsFor = (reason: WaitReason) => (sync: Sync) => sync.workload.next.waitsFor?.reason === reason

const wait = ({syncs}: Played) => syncs.at(-1)?.workload.next.waitsFor?.reason

/** What stands in the way of a StatefulSet's controller. */
export const OBSTACLES: readonly Rollout[] = [
  ofStatefulSet(
    'patient',
    7,
    'minReadySeconds: the next Pod waits until one is available',
    async function* (db) {
      const names = ['patient-0', 'patient-1', 'patient-2']
      yield* started(db, {spec: {minReadySeconds: HOUR}})
      for (const name of names) {
        expect(wait(db)).toBe('PodAvailable')
        await age(db, name)
        yield* untilQuiet(db)
      }
      await db.roll(2)
      for (const name of names.toReversed()) {
        yield* untilQuiet(db)
        expect(wait(db)).toBe('PodAvailable')
        await age(db, name)
      }
      yield* untilQuiet(db)
      expect(Object.values(await db.versions())).toEqual(['2', '2', '2'])
    },
  ),

  ofStatefulSet('claimed', 4, 'a terminating claim blocks its Pod until it is gone', async function* (db) {
    const claimPath = `/api/v1/namespaces/${db.namespace}/persistentvolumeclaims/data-claimed-1`
    // No scheduler asks for volumes where a template names the node.
    const podSpec = {nodeName: 'shared-0'}
    yield* started(db, {replicas: 3, claims: [claim('data')], podSpec})
    await ask(db.api, 'DELETE', claimPath)
    await db.deletePod('claimed-1')
    yield* untilSync(db, waitsFor('Claim'))
    yield* untilQuiet(db)
    expect(Object.keys(await db.versions())).toEqual(['claimed-0', 'claimed-2'])
    await ask(db.api, 'PATCH', claimPath, {metadata: {finalizers: null}})
    yield* untilQuiet(db)
    expect(Object.keys(await db.versions())).toHaveLength(3)
  }),

  ofStatefulSet('scaled', 5, 'a claim that was to go with its Pod is not used again', async function* (db) {
    const claimPath = `/api/v1/namespaces/${db.namespace}/persistentvolumeclaims/data-scaled-2`
    // Nobody collects it here, so that it stays what it is for a while elsewhere.
    const spec = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete', whenDeleted: 'Retain'}}
    yield* started(db, {replicas: 3, claims: [claim('data')], podSpec: {nodeName: 'shared-0'}, spec})
    await db.edit({replicas: 2})
    yield* untilQuiet(db)
    await db.edit({replicas: 3})
    yield* untilSync(db, waitsFor('Claim'))
    expect(Object.keys(await db.versions())).toHaveLength(2)
    await ask(db.api, 'DELETE', claimPath)
    await ask(db.api, 'PATCH', claimPath, {metadata: {finalizers: null}})
    yield* untilQuiet(db)
    expect(Object.keys(await db.versions())).toHaveLength(3)
  }),

  ofStatefulSet('sick', 5, 'a condemned Pod that is the only sick one goes at once', async function* (db) {
    yield* started(db, {replicas: 4})
    await db.edit({replicas: 1})
    yield
    await db.behave('sick-2', 'not-ready')
    yield
    expect(db.syncs.at(-1)?.acts).toEqual(['Delete sick-2'])
    yield* untilQuiet(db)
    expect(Object.keys(await db.versions())).toEqual(['sick-0'])
  }),

  ofStatefulSet('outdone', 4, 'a stranger’s Pod holds a name until it is gone', async function* (db) {
    const {api, namespace} = db
    const metadata = {name: 'outdone-1', annotations: behaviour('ready')}
    const spec = {containers: [{name: 'app', image: 'example/app:1'}]}
    await ask(api, 'POST', `/api/v1/namespaces/${namespace}/pods`, {metadata, spec})
    yield* started(db)
    expect(Object.keys(await db.versions())).toEqual(['outdone-0'])
    expect(wait(db)).toBe('PodName')
    await db.deletePod('outdone-1')
    yield* untilQuiet(db)
    yield* rolled(db, 2)
    expect(Object.values(await db.versions())).toEqual(['2', '2', '2'])
  }),

  ofStatefulSet('hanging', 5, 'a Pod that does not end blocks OrderedReady', async function* (db) {
    yield* started(db)
    await db.behave('hanging-1', 'hang-terminating')
    await db.roll(2)
    yield* untilSync(db, waitsFor('PodGone'))
    yield* untilQuiet(db)
    expect((await db.versions())['hanging-0']).toBe('1')
    await db.behave('hanging-1', 'ready')
    yield* untilQuiet(db)
    expect(Object.values(await db.versions())).toEqual(['2', '2', '2'])
  }),

  ofStatefulSet('lingering', 4, 'a condemned Pod that does not end, Parallel', async function* (db) {
    yield* started(db, {replicas: 4, spec: PARALLEL})
    await db.behave('lingering-3', 'hang-terminating')
    await db.edit({replicas: 2})
    yield* untilQuiet(db)
    yield* halfRolled(db, 2)
    await db.behave('lingering-3', 'ready')
    yield* untilQuiet(db)
    expect(Object.values(await db.versions())).toEqual(['2', '2'])
  }),
]
