import {expect, test} from 'vitest'
import {type Budget, budgetOf} from '../../src/model/daemon-budget.ts'
import {eligibility} from '../../src/model/daemon-eligibility.ts'
import type {DaemonSet, Pod} from '../../src/model/objects.ts'
import {NOW} from '../builders.ts'
import {
  daemonPod,
  daemonSet,
  NEW,
  OLD,
  ON_DELETE,
  rollingUpdate,
  tainted,
  unreadyPod,
} from '../builders-daemon.ts'

/**
 * Nodes as semantics.md 1.14 writes them: U updated, O old, + available, - not, T only terminating, 0 no Pod; `x`
 * before them: a node that must not run one. Two words on one node: two Pods.
 */
function ledgerOf(limits: Parameters<typeof rollingUpdate>[0], nodes: string): Budget | undefined {
  return budget(daemonSet({strategy: rollingUpdate(limits)}), nodes)
}

function budget(set: DaemonSet, text: string, strays: readonly string[] = []): Budget | undefined {
  const nodes = text.split(' ').map((word, index) => {
    const name = `n${index + 1}`
    const node = tainted(name, word.startsWith('x') ? ['a:NoSchedule'] : [])
    return {
      node,
      eligibility: eligibility(set.spec?.template, node),
      pods: podsOf(name, word.replace('x', '')),
    }
  })
  const gone = new Map(strays.map((word, index) => [`gone${index + 1}`, podsOf('gone', word)]))
  return budgetOf(set, nodes, gone, NEW, NOW)
}

function podsOf(on: string, word: string): readonly Pod[] {
  return (word.match(/[UO][+-]|T/g) ?? []).map((letters, index) => podOf(on, letters, `p${index}`))
}

function podOf(on: string, letters: string, name: string): Pod {
  if (letters === 'T')
    return daemonPod(on, {name, metadata: {...daemonPod(on).metadata, name, deletionTimestamp: NOW}})
  const hash = letters.startsWith('U') ? NEW : OLD
  return letters.endsWith('+') ? daemonPod(on, {name, hash}) : unreadyPod(on, undefined, {name, hash})
}

function counting(ledger: Budget | undefined): readonly string[] {
  return (ledger?.ledger ?? []).filter(({counts}) => counts).map(({node, why}) => `${node} ${why}`)
}

const candidates = (ledger: Budget | undefined) =>
  (ledger?.ledger ?? []).filter(({why}) => why === 'candidate').length

const ONE = {maxUnavailable: 1, maxSurge: 0}
const SURGE = {maxUnavailable: 0, maxSurge: 1}

/** Limits, nodes; the limit, who counts, how many are candidates. */
const cases: readonly [
  string,
  Parameters<typeof rollingUpdate>[0],
  string,
  number,
  readonly string[],
  number,
][] = [
  ['B1: all old and available', ONE, 'O+ O+ O+ O+', 1, [], 4],
  ['B2: a percentage is rounded up', {maxUnavailable: '30%'}, 'O+ O+ O+ O+', 2, [], 4],
  ['B3: a new Pod that is not available', ONE, 'U- O+ O+ O+', 1, ['n1 new-unavailable'], 3],
  [
    'B4: old Pods that are not available',
    ONE,
    'O- O- O+ O+',
    1,
    ['n1 old-unavailable', 'n2 old-unavailable'],
    2,
  ],
  ['B5: a Pod that is being deleted', ONE, 'T O+ O+', 1, ['n1 missing'], 2],
  ['B6: no Pod', {maxUnavailable: 2}, '0 O- O+', 2, ['n1 missing', 'n2 old-unavailable'], 1],
  ['B6: one sync later', {maxUnavailable: 2}, 'U- O- O+', 2, ['n1 new-unavailable', 'n2 old-unavailable'], 1],
  ['B7: a node that must not run one is a candidate all the same', ONE, 'U+ U+ U+ xO+', 1, [], 1],
  ['a node that must not run one can use the room up', ONE, 'O+ xU-', 1, ['n2 new-unavailable'], 1],
  ['a node that must not run one and does not is nobody', ONE, 'O+ x0', 1, [], 1],
  ['B8: surging has not begun', SURGE, 'O+ O+ O+', 1, [], 3],
  ['B9: a new Pod beside the old one', SURGE, 'O+U- O+ O+', 1, ['n1 surging'], 2],
  ['a new Pod beside the old one that is available by now', SURGE, 'O+U+ O+', 1, [], 1],
  ['B10: surging past old Pods that are not available', SURGE, 'O- O- O+', 1, [], 1],
  ['B11: a percentage of surge is rounded up', {maxUnavailable: 0, maxSurge: '10%'}, 'O+ O+ O+', 1, [], 3],
  ['surging counts neither missing nor terminating Pods', SURGE, '0 T O+', 1, [], 1],
  ['surging counts no new Pod alone on its node', SURGE, 'U- O+', 1, [], 1],
  ['both at once without surge', ONE, 'O+U+ O+', 1, ['n1 both'], 1],
  ['too many of one revision', ONE, 'O+O+ U+U+ O+', 1, ['n1 excess', 'n2 excess'], 1],
  ['too many of one revision while surging', SURGE, 'O+O+U- O+', 1, ['n1 excess'], 1],
  ['a terminating Pod beside a new one is nobody', ONE, 'TU+ O+', 1, [], 1],
  ['nothing is left to do', ONE, 'U+ U+', 1, [], 0],
  ['both limits 0 mean 1', {maxUnavailable: 0, maxSurge: 0}, 'O+ O+', 1, [], 2],
  ['both limits 0% mean 1', {maxUnavailable: '0%', maxSurge: '0%'}, 'O+ O+', 1, [], 2],
  ['no limits are the defaults of the API', {}, 'O+ O+', 1, [], 2],
  ['a percentage of no node is 0', {maxUnavailable: '10%'}, 'xO+', 0, [], 1],
]

test.for(cases)('%s', ([, limits, nodes, limit, who, left]) => {
  const ledger = ledgerOf(limits, nodes)
  expect({limit: ledger?.limit, used: ledger?.used, who: counting(ledger), left: candidates(ledger)}).toEqual(
    {
      limit,
      used: who.length,
      who,
      left,
    },
  )
})

test('surge or unavailable: the limit that is not 0 decides', () => {
  expect([ledgerOf(ONE, 'O+')?.mode, ledgerOf(SURGE, 'O+')?.mode]).toEqual(['maxUnavailable', 'maxSurge'])
})

test('B12: OnDelete has no budget, and neither has a set whose revision nobody knows', () => {
  expect(budget(daemonSet({strategy: ON_DELETE}), 'O+ O+')).toBeUndefined()
  expect(budgetOf(daemonSet(), [], new Map(), undefined, NOW)).toBeUndefined()
})

test('a Pod on a node that is gone still uses the room up', () => {
  expect(counting(budget(daemonSet(), 'O+', ['T', 'U-', 'U+']))).toEqual([
    'gone1 missing',
    'gone2 new-unavailable',
  ])
})

test('a Pod that is ready for less than minReadySeconds uses the room up', () => {
  expect(counting(budget(daemonSet({spec: {minReadySeconds: 7171}}), 'U+'))).toEqual(['n1 new-unavailable'])
  expect(counting(budget(daemonSet({spec: {minReadySeconds: 7170}}), 'U+'))).toEqual([])
})
