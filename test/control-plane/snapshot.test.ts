import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviourOf} from './situations/behaviours.ts'
import {addNodes} from './situations/nodes.ts'
import {OF_ONE_NAMESPACE, rights} from './situations/rights.ts'
import {claim, localVolume, storageClass} from './situations/volumes.ts'
import {isUnschedulable, untilPods, untilReady} from './situations/waits.ts'
import {headlessService, statefulSet} from './situations/workloads.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {found, installPlugin, type Plugin} from './tools/plugin.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'
import {checkedMap} from './tools/schema.ts'

const SECRET = 'hunter2-in-an-env-value'

describeControlPlane('snapshot', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(['healthy', 'troubled'].map(controlPlane.createNamespace))
    await controlPlane.apply([
      storageClass(),
      ...['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`)),
      headlessService('db', 'healthy'),
      statefulSet({namespace: 'healthy', claims: [claim('data')]}),
      ...rights('reader', 'healthy', OF_ONE_NAMESPACE),
    ])
    // Client-side, so that it has the annotation that repeats it all.
    const env = [{name: 'PASSWORD', value: SECRET}]
    const containers = [{name: 'app', image: 'registry.example/db:1', env}]
    const claims = [claim('data', {storageClass: 'none'})]
    // and what somebody has copied from another object
    const copied = {'kubectl.kubernetes.io/last-applied-configuration': SECRET}
    const annotations = {...behaviourOf({1: 'crash'}), ...copied}
    const set = statefulSet({namespace: 'troubled', claims, podSpec: {containers}, annotations})
    const applied = await controlPlane.kubectl(['apply', '-f', '-'], {input: JSON.stringify(set)})
    expect(applied).toMatchObject({code: 0})
    await untilReady(controlPlane, 'healthy', 'db')
    await untilPods(controlPlane, 'troubled', 1, isUnschedulable)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const take = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await plugin.stateful(['snapshot', ...args])
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return stdout
  }

  const save = (name: string, content: string | Buffer) => {
    const file = join(controlPlane.folder, name)
    writeFileSync(file, content)
    return file
  }

  const SCOPES = [['-n', 'healthy'], ['-n', 'troubled'], ['-A']] as const

  test.for(SCOPES.flatMap((scope) => ['yaml', 'json'].map((format) => [scope, format] as const)))(
    'answers as the cluster does (%s, %s)',
    async ([scope, format]) => {
      const file = save(`snapshot.${format}`, await take(...scope, '-o', format))
      const live = await plugin.map(...scope)
      const {observedAt, ...saved} = await plugin.map('-f', file, ...scope)
      expect(saved).toEqual({...live, observedAt: undefined})
      expect(observedAt <= live.observedAt).toBe(true)
      expect(found(live).length > 0).toBe(!scope.includes('healthy' as never))
    },
  )

  test('answers from standard input, gzipped, and from a folder of files', async () => {
    const text = await take('-n', 'troubled')
    const folder = join(controlPlane.folder, 'saved')
    mkdirSync(folder)
    writeFileSync(join(folder, 'all.yaml.gz'), gzipSync(text))
    const piped = await plugin.stateful(['map', '-f', '-', '-o', 'json'], {input: text})
    const report = checkedMap(JSON.parse(piped.stdout))
    expect(await plugin.map('-f', folder)).toEqual(report)
    expect(await plugin.map('-f', save('one.gz', gzipSync(text)))).toEqual(report)
    expect(found(report)).toContain('error pvc-class-missing data-db-0')
  })

  test('gives the same text as the cluster, findings and all', async () => {
    const file = save('text.yaml', await take('-n', 'troubled'))
    expect(await plugin.text('-f', file)).toBe(await plugin.text('-n', 'troubled'))
  })

  test('answers for one namespace from a snapshot of all', async () => {
    const file = save('all.yaml', await take('-A'))
    const {observedAt: _, ...live} = await plugin.map('db', '-n', 'troubled')
    expect(await plugin.map('db', '-n', 'troubled', '-f', file)).toMatchObject(live)
    expect((await plugin.map('-f', file)).workloads).toHaveLength(2)
  })

  test('holds nothing that does not belong into a ticket', async () => {
    for (const format of ['yaml', 'json']) {
      const text = await take('-A', '-o', format)
      for (const word of ['fieldsV1', 'last-applied-configuration', SECRET, 'PASSWORD'])
        expect(text).not.toContain(word)
      expect(text).not.toMatch(/kind:? "?Secret/)
      expect(text).toMatch(/kind"?: "?ControllerRevision/)
    }
  })

  test('is a list that kubectl reads', async () => {
    const file = save('readable.yaml', await take('-n', 'troubled'))
    const names = await controlPlane.kubectl(['create', '--dry-run=client', '-f', file, '-o', 'name'])
    expect(names).toMatchObject({code: 0, stderr: ''})
    expect(names.stdout.split('\n')).toEqual(
      expect.arrayContaining(['statefulset.apps/db', 'pod/db-0', 'node/node-a']),
    )
    const {items} = load(await take('-n', 'troubled')) as {items: unknown[]}
    expect(names.stdout.trimEnd().split('\n')).toHaveLength(items.length)
  })

  test('answers from what kubectl itself printed', async () => {
    const kinds = 'sts,pods,pvc,svc,endpointslices,pv,sc,nodes,volumeattachments'
    const {stdout} = await controlPlane.kubectl(['get', kinds, '-n', 'healthy', '-o', 'yaml'])
    const {workloads} = await plugin.map('-n', 'healthy')
    const {stdout: saved} = await plugin.stateful(['map', '-f', '-', '-o', 'json'], {input: stdout})
    expect(checkedMap(JSON.parse(saved)).workloads).toEqual(workloads)
  })

  test('notes what its taker could not read, and so does whoever answers from it', async () => {
    const env = {KUBECONFIG: controlPlane.user('reader').kubeconfig}
    const taken = await plugin.stateful(['snapshot', '-n', 'healthy'], {env})
    expect(taken).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Warning: could not read [^\n]*\n$/),
    })
    const live = await plugin.stateful(['map', '-n', 'healthy', '-o', 'json'], {env})
    const saved = await plugin.stateful(['map', '-f', '-', '-o', 'json'], {input: taken.stdout})
    expect({...checkedMap(JSON.parse(saved.stdout)), observedAt: ''}).toEqual({
      ...JSON.parse(live.stdout),
      observedAt: '',
    })
    expect(saved).toMatchObject({code: 0, stderr: live.stderr})
  })
})
