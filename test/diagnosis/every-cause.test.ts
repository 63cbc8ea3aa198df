import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {causes} from '../../src/diagnosis/causes.ts'
import {causes as situations} from '../causes/index.ts'
import {troubles} from './troubles.ts'
import {daemonTroubles} from './troubles-daemon.ts'
import {podTroubles} from './troubles-pods.ts'
import {rolloutTroubles, summaryTroubles} from './troubles-rollout.ts'
import {
  daemonSetTroubles,
  disruptionTroubles,
  rolloutSetTroubles,
  statefulSetTroubles,
  workloadTroubles,
} from './troubles-sets.ts'
import {claimTroubles, mountTroubles, schedulingTroubles} from './troubles-volumes.ts'

const catalog = Object.entries(causes).map(([id, cause]) => ({id, ...cause}))
const known = new Set(catalog.map(({id}) => id))

/** That each of these is found where its list says is a test of all-rules.test.ts, and so are the near misses. */
const listed = new Set(
  [
    troubles,
    claimTroubles,
    statefulSetTroubles,
    daemonTroubles,
    daemonSetTroubles,
    rolloutTroubles,
    summaryTroubles,
    rolloutSetTroubles,
    workloadTroubles,
    podTroubles,
    schedulingTroubles,
    mountTroubles,
    disruptionTroubles,
  ].flatMap((list) => Object.keys(list)),
)

/** Those whose cluster was captured; causes.test.ts asks each of them. */
const captured = Object.entries(situations).filter(([name]) =>
  existsSync(join(import.meta.dirname, '../causes/captured', `${name}.yaml`)),
)
const proven = new Set(captured.flatMap(([, {proves}]) => proves))
const missed = new Set(captured.flatMap(([, {not = []}]) => not))
const isFired = (id: string) => listed.has(id) || proven.has(id)

test('every cause has a cluster that shows it, or says why nothing can', async ({annotate}) => {
  const fired = catalog.filter(({id}) => isFired(id)).length
  await annotate(
    `${fired} of ${catalog.length} causes have a cluster, ${proven.size} a captured one, ${missed.size} are told apart in a captured one`,
  )
  expect(catalog.filter(({id, unseen}) => !unseen && !isFired(id)).map(({id}) => id)).toEqual([])
})

test('no cause of which its entry says that nothing shows it has a cluster', () => {
  expect(catalog.filter(({id, unseen}) => unseen && isFired(id)).map(({id}) => id)).toEqual([])
})

test('captured situations speak of causes that there are', () => {
  const spoken = Object.entries(situations).flatMap(([name, {proves, not = []}]) =>
    [...proves, ...not].map((id) => ({name, id})),
  )
  expect(spoken.filter(({id}) => !known.has(id))).toEqual([])
})

test('at least sixty clusters were captured from real controllers', ({annotate}) => {
  expect(captured.length).toBeGreaterThanOrEqual(60)
  return annotate(`${captured.length} captured clusters`)
})

test('each of the 23 distinctions of causes that are taken for one another has its tests', () => {
  const texts = readdirSync(import.meta.dirname)
    .filter((file) => /^distinctions.*\.test\.ts$/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  const numbers = texts.flatMap((text) =>
    [...text.matchAll(/['`](?:distinction )?(\d+): /g)].map(([, n]) => Number(n)),
  )
  expect([...new Set(numbers)].toSorted((one, other) => one - other)).toEqual(
    Array.from({length: 23}, (_, index) => index + 1),
  )
})
