import {expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const run = (line: string, input = '') => runPlugin(line.split(' '), '/', input)

test.for([
  ['rollout sts/db --diff --watch', '--revisions and --diff answer once: not with --watch or --wait'],
  ['rollout sts/db --revisions --wait', '--revisions and --diff answer once: not with --watch or --wait'],
  ['rollout sts/db --revisions --show-values', '--show-values is for --diff'],
] as const)('%s is refused', async ([line, message]) => {
  expect(await run(line)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(`error: ${message}`),
  })
})

const owner = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u', controller: true}
const managed = (manager: string, time: string) => [{manager, operation: 'Update', time}]
const template = (image: string, password: string) => ({
  metadata: {labels: {app: 'db'}},
  spec: {containers: [{name: 'app', image, env: [{name: 'PASSWORD', value: password}]}]},
})
const revision = (number: number, image: string, time: string) => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: {
    name: `db-${number}`,
    namespace: 'shop',
    creationTimestamp: time,
    ownerReferences: [owner],
    managedFields: managed('kube-controller-manager', time),
  },
  data: {spec: {template: {...template(image, `kanarie-${number}`), $patch: 'replace'}}},
  revision: number,
})
const pod = (ordinal: number, number: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `db-${ordinal}`,
    namespace: 'shop',
    ownerReferences: [owner],
    labels: {app: 'db', 'controller-revision-hash': `db-${number}`},
  },
  spec: {containers: [{name: 'app', image: 'x'}]},
  status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
})
const set = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: {
    name: 'db',
    namespace: 'shop',
    uid: 'u',
    generation: 2,
    managedFields: managed('kubectl-edit', '2026-05-01T11:59:58Z'),
  },
  spec: {
    replicas: 2,
    serviceName: 'db',
    selector: {matchLabels: {app: 'db'}},
    template: template('db:2', 'kanarie-2'),
    updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}},
  },
  status: {
    observedGeneration: 2,
    replicas: 2,
    currentRevision: 'db-1',
    updateRevision: 'db-2',
    collisionCount: 1,
  },
}

/** As kubectl prints it: one list of each kind. */
const saved = (...revisions: readonly object[]) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [set, pod(0, 1), pod(1, 2), ...revisions],
  })
const both = saved(revision(1, 'db:1', '2026-05-01T10:00:00Z'), revision(2, 'db:2', '2026-05-01T12:00:00Z'))

test('what kubectl saved tells all, and secrets only to who asks', async () => {
  const {stdout, code} = await run('rollout sts/db --diff -f -', both)
  expect(code).toBe(0)
  expect(stdout).toContain('containers[app].image: db:1 → db:2\n')
  expect(stdout).toContain('containers[app].env[PASSWORD].value: changed <hidden>\n')
  for (const output of ['json', 'yaml', 'wide', 'markdown'])
    expect((await run(`rollout sts/db --diff --revisions -o ${output} -f -`, both)).stdout).not.toContain(
      'kanarie',
    )
  expect((await run('rollout sts/db --diff --show-values -f -', both)).stdout).toContain(
    'kanarie-1 → kanarie-2',
  )
})

test('revisions say who runs them, who changed the set, and that a name was taken', async () => {
  const {stdout} = await run('rollout sts/db --revisions -f -', both)
  expect(stdout).toMatch(/^2 +db-2 +update +1 +1 +\S+ +kubectl-edit, /m)
  expect(stdout).toMatch(/^1 +db-1 +current +1 +0 +\S+ +<unknown>$/m)
  expect(stdout).toContain('Once the name of a new revision was taken')
})

test('without headers a pipe gets one line for each field', async () => {
  const {stdout} = await run('rollout sts/db --diff --no-headers -f -', both)
  expect(stdout.trimEnd().split('\n')).toHaveLength(2)
})

test('a revision that is not there makes no diff', async () => {
  const {stdout} = await run(
    'rollout sts/db --diff --revisions -f -',
    saved(revision(2, 'db:2', '2026-05-01T12:00:00Z')),
  )
  expect(stdout).toMatch(/db-1 \(deleted\) +current/)
  expect(stdout).toContain('not known')
  expect(stdout).not.toContain('containers[')
})

test('rows of the plain rollout are as before', async () => {
  const {stdout} = await run('rollout sts/db -o json -f -', both)
  expect(JSON.parse(stdout)).not.toHaveProperty('revisions')
})

const two = [revision(1, 'db:1', '2026-05-01T10:00:00Z'), revision(2, 'db:2', '2026-05-01T12:00:00Z')]
const list = (...items: readonly object[]) => JSON.stringify({apiVersion: 'v1', kind: 'List', items})
const complete = {...set, status: {...set.status, currentRevision: 'db-2'}}
const agent = {
  ...complete,
  kind: 'DaemonSet',
  spec: {selector: {matchLabels: {app: 'db'}}, template: template('db:2', 'x')},
  status: {observedGeneration: 2},
}

test('which revision Pods run is unknown where no Pods, or not all, were seen', async () => {
  const onlyOne = {...complete, status: {...complete.status, replicas: 2}}
  for (const facts of [list(complete, ...two), list(onlyOne, pod(0, 1), ...two)]) {
    const {stdout} = await run('rollout sts/db --revisions --diff -f -', facts)
    expect(stdout).toMatch(/^2 +db-2 +current,update +<unknown> +<unknown> /m)
    const json = JSON.parse((await run('rollout sts/db --revisions -o json -f -', facts)).stdout)
    expect(json.revisions[0].history).toMatchObject([
      {pods: null, ordinals: null, nodeNames: null},
      {pods: null, ordinals: null, nodeNames: null},
    ])
  }
})

test('what no Pod was seen to run is not said to be run by none', async () => {
  const owned = two.map((each) => ({
    ...each,
    metadata: {
      ...each.metadata,
      ownerReferences: [{...owner, kind: 'DaemonSet'}],
      labels: {'controller-revision-hash': each.metadata.name},
    },
  }))
  const {stdout} = await run('rollout ds/db --diff -f -', list(agent, ...owned))
  expect(stdout).toContain('which ones Pods run is not known: from the revision before')
  expect(stdout).not.toContain('no Pod runs another one')
})

test('where revisions were not read, whether there is another one is not known', async () => {
  const {stdout} = await run('rollout sts/db --diff -f -', list(complete, pod(0, 2), pod(1, 2)))
  expect(stdout).toContain('not all controllerrevisions could be read')
  expect(stdout).not.toContain('there is no other revision')
})

test('that there is nothing to compare with is a sentence, and no heading', async () => {
  const facts = list(complete, pod(0, 2), pod(1, 2), two[1] ?? {})
  const {stdout} = await run('rollout sts/db --revisions --diff -f -', facts)
  expect(stdout).toMatch(/\n\nDiff {6}there is no other revision to compare with\n$/)
  const ticket = await run('rollout sts/db --diff -o markdown -f -', facts)
  expect(ticket.stdout).toContain('there is no other revision to compare with')
  expect(ticket.stdout).not.toMatch(/^#.*no other revision/m)
})
