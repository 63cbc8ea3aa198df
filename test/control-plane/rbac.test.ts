import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import type {V1PolicyRule, V1ReplicaSetList, V1Role} from '@kubernetes/client-node'
import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviour} from './situations/behaviours.ts'
import {addNodes} from './situations/nodes.ts'
import {claim, handMadeVolume, storageClass} from './situations/volumes.ts'
import {isCrashing, untilPods} from './situations/waits.ts'
import {daemonSet, deployment, headlessService, statefulSet} from './situations/workloads.ts'
import type {AuditEntry} from './tools/audit-log.ts'
import {backgroundKubectls} from './tools/background-kubectl.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import type {KubectlOptions} from './tools/kubectl.ts'
import {clusterRole} from './tools/operator.ts'
import {installPlugin, type Plugin} from './tools/plugin.ts'
import {requests, right, stopAfterReadsOnly} from './tools/requests.ts'
import {rightsWithout, userWithout} from './tools/rights-but.ts'
import {until} from './tools/until.ts'

const RBAC = join(import.meta.dirname, '../../rbac')
const RULES = clusterRole().rules ?? []

/** `list pods`, of a rule. */
const rightsIn = ({verbs, resources = []}: V1PolicyRule) =>
  resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`))

/** What a question is about, and what is asked about it. */
const NEEDED: Readonly<Record<string, string>> = {
  statefulsets: 'map -A',
  daemonsets: 'coverage -A',
  deployments: 'map deploy/web -n shop',
  replicasets: 'map rs/REPLICASET -n shop',
  pods: 'why pod/db-0 -n shop',
  persistentvolumeclaims: 'why pvc/data-db-0 -n shop',
  nodes: 'why node/node-a',
}
const KINDS = RULES.flatMap(({resources = []}) => resources)
const OPTIONAL = KINDS.filter((kind) => !(kind in NEEDED))

/** One of each, and what there is besides. */
const QUESTIONS = [
  'map -A',
  'coverage -A',
  'rollout -A',
  'status -A',
  'map db -n shop',
  'rollout ds/agent -n shop',
  'why sts/db -n shop --logs',
  'why ds/agent -n shop',
  'snapshot -A',
  '__complete -n ',
  'what-if scale sts/db --replicas=4 -n shop',
] as const

/** What lies outside of namespaces. */
const OUTSIDE = ['nodes', 'persistentvolumes', 'storageclasses', 'volumeattachments', 'leases']

const WATCHED = [
  'map -A',
  'map -A -o wide',
  'map deploy/web -n shop',
  'map rs/REPLICASET -n shop',
  'rollout -A',
]

/** The Role that we ship, in a namespace. */
function role(namespace: string): object {
  const {metadata, ...rest} = load(readFileSync(join(RBAC, 'role.yaml'), 'utf8')) as V1Role
  return {...rest, metadata: {...metadata, namespace}}
}

/** A volume whose attachment the attach-detach controller makes, and is looked up by its name. */
function attachedVolume(): object {
  const volume = handMadeVolume('disk-0')
  const {hostPath: _, ...spec} = volume.spec ?? {}
  const csi = {driver: 'disk.example.com', volumeHandle: 'handle'}
  const claimRef = {namespace: 'shop', name: 'data-db-0'}
  return {...volume, spec: {...spec, csi, claimRef, storageClassName: 'local'}}
}

/** By then what was read often is watched. */
const SOON = 3000

describeControlPlane('the rights that we ship', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let background: ReturnType<typeof backgroundKubectls>
  let replicaSet: string

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    background = backgroundKubectls(plugin)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      storageClass(),
      attachedVolume(),
      headlessService('db', 'shop'),
      statefulSet({namespace: 'shop', claims: [claim('data')], annotations: behaviour('crash')}),
      daemonSet({namespace: 'shop'}),
      deployment({namespace: 'shop'}),
      ...KINDS.flatMap(rightsWithout),
      role('shop'),
    ])
    const bind = ['create', 'rolebinding', 'x', '-n', 'shop', '--role=kubectl-stateful', '--user=reader']
    expect(await controlPlane.kubectl(bind)).toMatchObject({code: 0})
    const list = () => controlPlane.get<V1ReplicaSetList>('/apis/apps/v1/namespaces/shop/replicasets')
    const {items} = await until('a ReplicaSet', list, (all) => all.items.length > 0)
    replicaSet = items[0]?.metadata?.name ?? ''
    await untilPods(controlPlane, 'shop', 1, isCrashing)
  })

  afterAll(async () => {
    background?.killAll()
    await stopAfterReadsOnly(controlPlane)
  })

  const words = (question: string) => question.replace('REPLICASET', replicaSet).split(' ')

  const ask = (question: string, options: KubectlOptions = {}, ...flags: readonly string[]) =>
    plugin.stateful([...words(question), ...flags], options)

  const askWithout = (kind: string, question: string) =>
    ask(question, {env: {KUBECONFIG: controlPlane.kubeconfig}}, `--as=${userWithout(kind)}`)

  /** What is read again and again, such as events of a Pod that crashes, is watched after the third time; three read them. */
  const isReadOften = (entries: readonly AuditEntry[]) =>
    [...Map.groupBy(entries, ({requestURI}) => requestURI).values()].some(
      ([entry, ...more]) => entry?.resource === 'events' && more.length >= 6,
    )

  /** An audit log tells of a watch when it has ended. */
  async function watch(): Promise<void> {
    const before = (await requests(controlPlane)).length
    const since = async () => (await requests(controlPlane)).slice(before)
    const watchers = WATCHED.map((question) => background.start(['stateful', ...words(question), '--watch']))
    for (const {stdout} of watchers) await until('an answer', stdout)
    await until('events are read often', since, isReadOften, {interval: 500})
    await sleep(SOON)
    for (const {signal} of watchers) signal('SIGTERM')
    await Promise.all(watchers.map(({end}) => end))
  }

  test('are enough for all questions, and all are used', async () => {
    for (const question of [...QUESTIONS, ...Object.values(NEEDED)]) {
      const {stderr, code} = await ask(question)
      expect({question, code, isRefused: stderr.includes('Forbidden')}).toEqual({
        question,
        code: 0,
        isRefused: false,
      })
    }
    const granted = RULES.flatMap(rightsIn)
    const used = async () => {
      await watch()
      return new Set((await requests(controlPlane)).map(right))
    }
    const isComplete = (all: ReadonlySet<string>) => granted.every((each) => all.has(each))
    const all = await until('all rights are used', used, isComplete, {timeout: 240_000})
    // whoever is signed in may ask for that
    expect([...all].filter((each) => !granted.includes(each))).toEqual(['get /version'])
  })

  test.for(Object.entries(NEEDED))('without %s, %s is refused', async ([kind, question]) => {
    const {stdout, stderr, code} = await askWithout(kind, question)
    expect({stdout, code}).toEqual({stdout: '', code: 2})
    expect(stderr).toMatch(
      new RegExp(`^Error from server \\(Forbidden\\): ${kind}(\\.apps)? .*is forbidden: `),
    )
  })

  test.for(OPTIONAL.flatMap((kind) => QUESTIONS.map((question) => [kind, question] as const)))(
    'without %s, %s is answered',
    async ([kind, question]) => {
      const {stdout, stderr, code} = await askWithout(kind, question)
      expect({code, isAnswered: stdout !== ''}).toEqual({code: 0, isAnswered: true})
      expect(stderr).toMatch(
        new RegExp(`^(Warning: could not read (${kind} .*|pods/log .HTTP500.); .*<unknown>\\n)?$`),
      )
    },
  )

  test.for(['map -n shop', 'coverage -n shop', 'rollout -n shop', 'status -n shop', 'why sts/db -n shop'])(
    'those of one namespace are enough for %s',
    async (question) => {
      const {stdout, stderr, code} = await ask(question, {
        env: {KUBECONFIG: controlPlane.user('reader').kubeconfig},
      })
      expect({code, isAnswered: stdout !== ''}).toEqual({code: 0, isAnswered: true})
      const [, kinds = ''] = /^Warning: could not read (.*) \(Forbidden\)/.exec(stderr) ?? []
      expect(OUTSIDE).toEqual(expect.arrayContaining(kinds.split(', ').filter(Boolean)))
    },
  )
})
