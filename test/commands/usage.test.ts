import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const example = readFileSync(join(import.meta.dirname, '../../examples/stuck-rollout.yaml'), 'utf8')

describe('a value that looks like a flag is a value, as pflag has it', () => {
  test.each([
    ['map -f - -n -A', 'No resources found in -A namespace.\n', 0],
    ['map -f - --namespace=--all-namespaces', 'No resources found in --all-namespaces namespace.\n', 0],
    ['map -f - -n=--', 'No resources found in -- namespace.\n', 0],
    ['map -f -h', 'error: the path "-h" does not exist\n', 2],
    ['map -f -n -f --filename', 'error: the path "-n" does not exist\n', 2],
    ['map -f - -n =a', 'No resources found in =a namespace.\n', 0],
    ['map -f - -n a=-A', 'No resources found in a=-A namespace.\n', 0],
    [
      'coverage --node=-A --color -w -f -',
      `error: invalid argument "-w" for "--color" flag: must be auto, always or never
See 'kubectl stateful coverage --help' for usage.
`,
      2,
    ],
  ] as const)('%s', async (line, stderr, code) => {
    expect(await runPlugin(line.split(' '), '/', example)).toEqual({stdout: '', stderr, code})
  })

  test('an empty value is one', async () => {
    const given = await runPlugin(['map', '-f', '-', '-n', ''], '/', example)
    const spelt = await runPlugin(['map', '-f', '-', '--namespace='], '/', example)
    expect(given).toEqual(spelt)
  })
})

describe('a usage error points at the help of the command that it is about', () => {
  test.each([
    ['-n map coverage --nosuch', 'coverage --help'],
    ['--node x map', 'map --help'],
    ['map -o nosuch', 'map --help'],
    ['nosuch map', '--help'],
    ['nosuch --bad', '--help'],
    ['--nosuch', '--help'],
  ])('%s', async (line, help) => {
    const {stderr, code} = await runPlugin(line.split(' '), '/')
    expect([stderr.trimEnd().split('\n').at(-1), code]).toEqual([
      `See 'kubectl stateful ${help}' for usage.`,
      2,
    ])
  })
})

describe('rollout', () => {
  const see = (message: string) => `error: ${message}\nSee 'kubectl stateful rollout --help' for usage.\n`
  const invalid = (text: string) =>
    see(`invalid argument "${text}" for "--timeout" flag: time: invalid duration "${text}"`)

  test.each([
    ['rollout --timeout 5s', see('--timeout is for --wait')],
    ['rollout --timeout 0', see('--timeout is for --wait')],
    ['rollout --watch --timeout 5s', see('--timeout is for --wait')],
    ['rollout --fail-fast', see('--fail-fast is for --wait')],
    ['rollout --watch -o json', see('--watch prints text: --output table or wide')],
    ['rollout -w -o name', see('--watch prints text: --output table or wide')],
    ['rollout --wait -f -', see('--watch and --wait need a cluster: saved objects do not change')],
    ['rollout --watch -f -', see('--watch and --wait need a cluster: saved objects do not change')],
    ['rollout --wait --timeout 5x', invalid('5x')],
    ['rollout --wait --timeout soon', invalid('soon')],
    [
      'rollout deploy/web',
      see(
        'the server doesn\'t have a resource type "deploy" that this command answers for (it does for statefulsets, daemonsets)',
      ),
    ],
    ['rollout web -l a=b', see('name cannot be provided when a selector is specified')],
    ['rollout web -A', see('a resource cannot be retrieved by name across all namespaces')],
  ])('%s', async (line, stderr) => {
    expect(await runPlugin(line.split(' '), '/')).toEqual({stdout: '', stderr, code: 2})
  })

  const [sets, daemons] = ['StatefulSet', 'DaemonSet'].map((kind) =>
    ['web', kind.toLowerCase()].map((name) => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: {name, namespace: 'shop', uid: `${kind}-${name}`},
    })),
  )
  const file = JSON.stringify({apiVersion: 'v1', kind: 'List', items: [...(sets ?? []), ...(daemons ?? [])]})
  const named = async (...words: readonly string[]) => {
    const {stdout, stderr, code} = await runPlugin(['rollout', ...words, '-f', '-', '-o', 'name'], '/', file)
    return [stdout.split('\n').filter(Boolean), stderr.split('\n')[0], code]
  }
  const lacks = (kinds: string) => `Warning: not in the files: ${kinds}; what they would tell is <unknown>`
  const warning = lacks('controllerrevisions, pods, nodes')

  test.each([
    [
      'web',
      [],
      'error: "web" is the name of more than one workload: say statefulsets/web or daemonsets/web',
      2,
    ],
    ['nosuch', [], 'error: statefulsets.apps, daemonsets.apps "nosuch" not found in the files', 2],
    ['ds/web', ['daemonset.apps/web'], warning, 0],
    ['daemonset', ['daemonset.apps/daemonset', 'daemonset.apps/web'], warning, 0],
    ['ds', ['daemonset.apps/daemonset', 'daemonset.apps/web'], warning, 0],
    ['sts', ['statefulset.apps/statefulset', 'statefulset.apps/web'], lacks('pods, nodes'), 0],
    ['sts/web ds/web', ['statefulset.apps/web', 'daemonset.apps/web'], warning, 0],
  ])('%s in a file that has both kinds', async (line, stdout, stderr, code) => {
    expect(await named(...line.split(' '))).toEqual([stdout, stderr, code])
  })

  test('a server that can not be reached is told of in the same words by every command', async () => {
    const [map, rollout] = await Promise.all(['map', 'rollout'].map((command) => runPlugin([command], '/')))
    expect(rollout).toEqual(map)
  })
})

describe('what-if', () => {
  const see = (message: string) => `error: ${message}\nSee 'kubectl stateful what-if --help' for usage.\n`
  const CONTRADICTION = 'can not both modify and remove the following taint(s) in the same command: '
  const wantsReplicas = 'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0'

  test.each([
    ['what-if scale sts/web', wantsReplicas],
    ['what-if scale sts/web --replicas=-1', wantsReplicas],
    ['what-if scale sts/web --replicas=100001', '--replicas=100001 is more than can be worked out (100000)'],
    ['what-if update ds/agent --partition=1', '--partition is not for a DaemonSet'],
    ['what-if lose zone/a -l a=b', 'a zone is all of its nodes: --selector is not for it'],
    ['what-if cordon node/a --replicas=1', '--replicas is not for cordon'],
    [
      'what-if update sts/db --max-unavailable=two',
      '--max-unavailable=two is neither a count nor a percentage',
    ],
    [
      'what-if update sts/db --max-unavailable=-1',
      '--max-unavailable=-1 is neither a count nor a percentage',
    ],
    ['what-if taint node/a a=b:NoExecute a-', `${CONTRADICTION}{"a":""}`],
    [
      'what-if taint node/a a- a=b:NoExecute c=d:NoSchedule c:NoSchedule-',
      `${CONTRADICTION}{"a":""}, {"c":"NoSchedule"}`,
    ],
    [
      'what-if taint node/a a=b:NoExecute a=c:NoExecute',
      'duplicated taints with the same key and effect: {a c NoExecute <nil>}',
    ],
    ['what-if taint node/a a=b=c:NoExecute', 'invalid taint spec: a=b=c:NoExecute'],
    ['what-if label node/a a=b a-', 'can not both modify and remove a label in the same command'],
    ['what-if taint node/a a=b:', 'invalid taint effect: , unsupported taint effect'],
    ['what-if label node/a a=b=c', 'invalid label spec: a=b=c'],
    ['what-if label node/a a=b node/b', 'all resources must be specified before label changes: node/b'],
    ['what-if taint node/a a- node/b', 'all resources must be specified before taint changes: node/b'],
    ['what-if label node/a /a=b', 'metadata.labels: Invalid value: "/a": prefix part must be non-empty'],
  ])('%s', async (line, message) => {
    expect(await runPlugin(line.split(' '), '/')).toEqual({stdout: '', stderr: see(message), code: 2})
  })

  const at = (namespace: string, kind: string, name: string, more: object = {}) => ({
    apiVersion: ['StatefulSet', 'DaemonSet'].includes(kind) ? 'apps/v1' : 'v1',
    kind,
    metadata: {name, namespace, uid: `${namespace}/${kind}/${name}`},
    ...more,
  })
  const spec = {replicas: 2, selector: {matchLabels: {app: 'db'}}, template: {spec: {containers: []}}}
  const pod = {spec: {containers: []}}
  const twice = {
    apiVersion: 'v1',
    kind: 'List',
    items: ['shop', 'prod'].flatMap((namespace) => [
      at(namespace, 'StatefulSet', 'db', {spec}),
      at(namespace, 'Pod', 'db-0', pod),
      at(namespace, 'DaemonSet', 'agent', {spec}),
      at(namespace, 'PersistentVolumeClaim', 'data', {spec: {}}),
    ]),
  }
  const ofTwice = (line: string) =>
    runPlugin(['what-if', ...line.split(' '), '-f', '-'], '/', JSON.stringify(twice))

  test.each([
    ['scale sts/db --replicas 1', 'StatefulSet "db"'],
    ['scale sts/db --replicas 1 -A', 'StatefulSet "db"'],
    ['update sts/db', 'StatefulSet "db"'],
    ['update ds/agent', 'DaemonSet "agent"'],
    ['delete pod/db-0 -A', 'Pod "db-0"'],
    ['delete pvc/data', 'PersistentVolumeClaim "data"'],
  ])('%s of what files hold in two namespaces is a question with two answers', async (line, what) => {
    expect(await ofTwice(line)).toEqual({
      stdout: '',
      stderr: `error: ${what} is in several namespaces: say which with -n (prod, shop)\n`,
      code: 2,
    })
  })

  const tainted = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {name: 'a', uid: 'a'},
    spec: {taints: ['a', 'b'].map((key) => ({key, effect: 'NoSchedule'}))},
  }
  const ofTainted = (line: string) =>
    runPlugin(['what-if', ...line.split(' '), '-f', '-'], '/', JSON.stringify(tainted))

  test.each([
    'taint node/a a=b:NoExecute a:NoSchedule-',
    'taint node/a a=b:NoExecute b-',
    'label node/a a=b b-',
    'label node/a a=b a=c',
  ])('%s says one thing of each', async (line) => {
    expect(await ofTainted(line)).toMatchObject({code: 0})
  })

  test.each([
    ['nowhere-', 'nowhere'],
    ['a:NoExecute-', 'a:NoExecute'],
    ['a- nowhere:NoSchedule-', 'nowhere:NoSchedule'],
  ])('taint node/a %s takes away what is not there', async (words, taint) => {
    expect(await ofTainted(`taint node/a ${words}`)).toEqual({
      stdout: '',
      stderr: `error: taint "${taint}" not found\n`,
      code: 2,
    })
  })

  const INVALID = 'spec.updateStrategy.rollingUpdate.'
  const paced = (line: string, strategy?: object) => {
    const set = at('shop', line.includes('ds/') ? 'DaemonSet' : 'StatefulSet', 'db', {
      spec: {...spec, ...(strategy && {updateStrategy: strategy})},
    })
    return runPlugin(['what-if', 'update', ...line.split(' '), '-f', '-'], '/', JSON.stringify(set))
  }
  const rolling = (rollingUpdate: object) => ({type: 'RollingUpdate', rollingUpdate})
  const SURGE = rolling({maxSurge: '50%', maxUnavailable: 0})
  const BOTH = `${INVALID}maxSurge: Invalid value: "50%": may not be set when maxUnavailable is non-zero`
  const NEITHER = `${INVALID}maxUnavailable: Required value: cannot be 0 when maxSurge is 0`
  const over = (text: string) =>
    `${INVALID}maxUnavailable: Invalid value: "${text}": must not be greater than 100%`

  test.each([
    ['ds/db --max-unavailable 2', SURGE, `The DaemonSet "db" is invalid: ${BOTH}`],
    ['ds/db --max-unavailable 2', {...SURGE, type: 'OnDelete'}, `The DaemonSet "db" is invalid: ${BOTH}`],
    ['ds/db --max-unavailable 101%', SURGE, `The DaemonSet "db" is invalid: \n* ${over('101%')}\n* ${BOTH}`],
    ['ds/db --max-unavailable 0%', undefined, `The DaemonSet "db" is invalid: ${NEITHER}`],
    ['ds/db --max-unavailable 0', rolling({maxUnavailable: 1}), `The DaemonSet "db" is invalid: ${NEITHER}`],
    [
      'sts/db --max-unavailable 0%',
      undefined,
      `The StatefulSet "db" is invalid: ${INVALID}maxUnavailable: Invalid value: "0%": cannot be 0`,
    ],
    [
      'sts/db --max-unavailable 0',
      undefined,
      `The StatefulSet "db" is invalid: ${INVALID}maxUnavailable: Invalid value: 0: cannot be 0`,
    ],
    ['sts/db --max-unavailable 120%', undefined, `The StatefulSet "db" is invalid: ${over('120%')}`],
  ])('the API server would refuse %s of %o', async (line, strategy, message) => {
    expect(await paced(line, strategy)).toEqual({stdout: '', stderr: `${message}\n`, code: 2})
  })

  test.each([
    ['ds/db --max-unavailable 0', SURGE],
    ['ds/db --max-unavailable 100%', undefined],
    ['ds/db --max-unavailable 2', {type: 'OnDelete'}],
    ['sts/db --max-unavailable 100%', {type: 'OnDelete'}],
    ['sts/db --partition 1', undefined],
  ])('and would take %s of %o', async (line, strategy) => {
    expect((await paced(line, strategy)).code).toBe(0)
  })

  test('with its namespace it is one of them', async () => {
    const {stdout, code} = await ofTwice('scale sts/db --replicas 1 -n prod')
    expect([stdout.includes('prod/sts/db'), stdout.includes('shop'), code]).toEqual([true, false, 0])
  })

  test('the danger stands before the command, and nothing is said twice', async () => {
    const node = {
      kind: 'Node',
      apiVersion: 'v1',
      metadata: {name: 'a', uid: 'a'},
      status: {conditions: [{type: 'Ready', status: 'True'}]},
    }
    const claim = {
      kind: 'PersistentVolumeClaim',
      apiVersion: 'v1',
      metadata: {name: 'data', namespace: 'shop', uid: 'c'},
      spec: {volumeName: 'pv-data'},
    }
    const volume = {
      kind: 'PersistentVolume',
      apiVersion: 'v1',
      metadata: {name: 'pv-data', uid: 'v'},
      spec: {persistentVolumeReclaimPolicy: 'Delete'},
    }
    const file = JSON.stringify({kind: 'List', apiVersion: 'v1', items: [node, claim, volume]})
    const asked = ['what-if', 'delete', 'pvc/data', '-n', 'shop', '-f', '-']
    const {stdout} = await runPlugin(asked, '/', file)
    expect(stdout).toMatch(/Risk +it destroys data, for good\nCommand +kubectl delete pvc -n shop data\n/)
    expect(stdout.match(/claim data is deleted/g)).toHaveLength(1)
    expect(stdout).not.toContain('Lost')
  })
})
