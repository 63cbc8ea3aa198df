import {env} from 'node:process'
import type {V1DaemonSetList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {CoverageReport} from '../../../src/reports/coverage/report.ts'
import {node} from '../situations/nodes.ts'
import {untilPods} from '../situations/waits.ts'
import {daemonSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {disagreements} from './agreement.ts'
import {type Coverage, coverageOf, nodeOf, only, states} from './plugin.ts'
import {randomTraits, type Traits, taintByTaint} from './random-nodes.ts'
import {randomDaemonSets} from './random-sets.ts'
import {clear, type Settled, settled} from './settled.ts'

const SEED = Number(env.COVERAGE_SEED ?? Math.floor(Math.random() * 1_000_000))
const CASES = Number(env.COVERAGE_CASES ?? 200)
const NODES = Array.from({length: 40}, (_, index) => `node-${index}`)
const BATCH = 50
const ATTEMPTS = 3

const NAMESPACE = 'random'
const SETS = `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets`
const FAST = ['--kube-api-qps=2000', '--kube-api-burst=2000']

describeControlPlane('coverage and the DaemonSet controller', () => {
  let controlPlane: ControlPlane
  let coverage: Coverage
  const counts = {cases: 0, refused: 0, pods: 0, looks: 0}

  beforeAll(async () => {
    const controllerManagerArgs = [
      ...FAST,
      '--concurrent-daemonset-syncs=8',
      // The taints are ours: nobody else takes those away that no condition explains.
      '--controllers=*,-node-lifecycle-controller',
    ]
    controlPlane = await startControlPlane({controllerManagerArgs, schedulerArgs: FAST})
    coverage = coverageOf(installPlugin(controlPlane))
    await controlPlane.createNamespace(NAMESPACE)
    await controlPlane.apply(NODES.map((name) => node(name)))
    await change(NODES, taintByTaint(SEED, NODES.length))
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test('sees the Pod that a deleted node leaves behind', async () => {
    await controlPlane.apply(node('terminating'))
    await controlPlane.createNamespace('left')
    const nodeSelector = {'kubernetes.io/hostname': 'terminating'}
    await controlPlane.apply(
      daemonSet({namespace: 'left', podSpec: {nodeSelector, tolerations: [{operator: 'Exists'}]}}),
    )
    const [pod] = await untilPods(controlPlane, 'left', 1)
    await controlPlane.request('DELETE', '/api/v1/nodes/terminating')
    const report = await coverage.report('-n', 'left')
    expect(nodeOf(report, 'terminating')).toMatchObject({
      state: 'NodeGone',
      shouldRun: null,
      ready: null,
      pods: [{name: pod?.metadata?.name}],
    })
    expect(only(report)).toMatchObject({desiredNumberScheduled: 0, numberMisscheduled: 0})
  })

  const change = async (names: readonly string[], traits: readonly Traits[]) => {
    await Promise.all(
      names.map(async (name, index) => {
        const {labels, ...spec} = traits[index] as Traits
        const {code} = await controlPlane.request('PATCH', `/api/v1/nodes/${name}`, {
          metadata: {labels},
          spec,
        })
        expect(code).toBe(200)
      }),
    )
  }

  /** How many were created; what the API server refuses is no case. */
  const create = async (seed: number, count: number) => {
    const made = randomDaemonSets(seed, count, NAMESPACE, NODES)
    const answers = await Promise.all(made.map((body) => controlPlane.request('POST', SETS, body)))
    for (const {code} of answers) expect([201, 422]).toContain(code)
    return answers.filter(({code}) => code === 201).length
  }

  /** Gives a new template to those whose Pods stay all the same. */
  const revise = async () => {
    const {items} = await controlPlane.get<V1DaemonSetList>(SETS)
    const onDelete = items.filter(({spec}) => spec?.updateStrategy?.type === 'OnDelete')
    const body = {spec: {template: {metadata: {labels: {turn: 'second'}}}}}
    for (const {metadata} of onDelete) {
      const {code} = await controlPlane.request('PATCH', `${SETS}/${metadata?.name}`, body)
      expect(code).toBe(200)
    }
  }

  /** Waits for the controller and compares; what is still wrong after several looks is a disagreement. */
  const compared = async (before?: Settled['placements']) => {
    for (let attempt = 1; ; attempt++) {
      counts.looks++
      const real = await settled(controlPlane, NAMESPACE)
      const {daemonSets} = await coverage.report('-n', NAMESPACE)
      const wrong = disagreements(daemonSets, real, before)
      if (wrong.length === 0 || attempt === ATTEMPTS) return {wrong, placements: real.placements}
    }
  }

  test(
    `agree on ${CASES} DaemonSets and ${NODES.length} nodes (COVERAGE_SEED=${SEED})`,
    async () => {
      const wrong: string[] = []
      for (let seed = SEED + 1; counts.cases < CASES; seed++) {
        const count = Math.min(BATCH, CASES - counts.cases)
        const created = await create(seed, count)
        counts.refused += count - created
        const fresh = await compared()
        const changed = NODES.filter((_, index) => (index + seed) % 2 === 0)
        await change(changed, randomTraits(seed, changed.length))
        await revise()
        const later = await compared(fresh.placements)
        wrong.push(...[...fresh.wrong, ...later.wrong.map((each) => `after a change: ${each}`)])
        counts.cases += created
        counts.pods += [...fresh.placements.values()].reduce((sum, {size}) => sum + size, 0)
        await clear(controlPlane, NAMESPACE)
      }
      console.log(
        `COVERAGE_SEED=${SEED}: ${counts.cases} DaemonSets, each compared when new and after a change of nodes and templates; ` +
          `${counts.refused} more refused by the API server; ${counts.pods} Pods, ${counts.looks} looks`,
      )
      expect(wrong).toEqual([])
    },
    CASES * 5000,
  )

  test('forgets the deleted node once its Pod has been collected', async () => {
    const read = () => coverage.report('-n', 'left')
    const isForgotten = (report: CoverageReport) =>
      states(report).every((each) => !each.startsWith('terminating'))
    await until('the Pod is collected', read, isForgotten, {timeout: 90_000, interval: 500})
  })
})
