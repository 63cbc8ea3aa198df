import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Behaviour, behaviourOf, setBehaviour} from '../situations/behaviours.ts'
import {edit, template} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import {untilReady} from '../situations/waits.ts'
import {statefulSet} from '../situations/workloads.ts'
import {backgroundKubectls} from '../tools/background-kubectl.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedRollout} from '../tools/schema.ts'
import {until} from '../tools/until.ts'
import {onlyWorkload, type Rollout, rolloutOf} from './plugin.ts'

describeControlPlane('how rollout --wait ends', () => {
  let controlPlane: ControlPlane
  let rollout: Rollout
  let background: ReturnType<typeof backgroundKubectls>

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    const plugin = installPlugin(controlPlane)
    rollout = rolloutOf(plugin)
    background = backgroundKubectls(plugin)
    await addNodes(controlPlane)
  })

  afterAll(async () => {
    background?.killAll()
    await stopAfterReadsOnly(controlPlane)
  })

  /** A set `db` of two that is ready, and a new image that comes to this. */
  const rolling = async (namespace: string, behaviour: Behaviour) => {
    await controlPlane.createNamespace(namespace)
    await controlPlane.apply(statefulSet({namespace, replicas: 2}))
    await untilReady(controlPlane, namespace, 'db')
    await edit(controlPlane, 'statefulsets', [namespace, 'db'], template('db:2', behaviour))
    await rollout.until(['-n', namespace], ({steps}) => steps.length > 0)
  }

  const wait = (namespace: string, ...args: readonly string[]) =>
    background.start(['stateful', 'rollout', '-n', namespace, '--wait', ...args])

  const removeSet = async (namespace: string) =>
    void (await controlPlane.kubectl(['delete', 'sts', 'db', '-n', namespace, '--wait=false']))

  test.concurrent('with 1 when its time is over, and the last words are who is in the way', async () => {
    await rolling('late', 'image-pull')
    const {code, stderr} = await wait('late', 'sts/db', '--timeout', '3s').end
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^error: timed out after 3s: statefulset\.apps\/db of namespace late is Progressing: Image .* \(db-1, container \S+\).*\n$/,
    )
  })

  test.concurrent('with 1 when its time is over though nothing is wrong, and says what was waited for', async () => {
    await rolling('slow', 'creating')
    const {code, stderr} = await wait('slow', 'sts/db', '--timeout=1s').end
    expect({code, stderr}).toEqual({
      code: 1,
      stderr:
        'error: timed out after 1s: statefulset.apps/db of namespace slow is Progressing: the controller waits for db-1 to become ready\n',
    })
  })

  test.concurrent('with one report, where data is asked for: a good one', async () => {
    await rolling('good', 'ready')
    const {stdout, ...end} = await wait('good', 'sts/db', '-o', 'json').end
    expect(end).toEqual({code: 0, stderr: ''})
    expect(onlyWorkload(checkedRollout(JSON.parse(stdout)))).toMatchObject({
      status: 'Complete',
      counts: {updated: 2},
    })
  })

  test.concurrent('with one report, where data is asked for: a bad one', async () => {
    await rolling('bad', 'image-pull')
    const {stdout, code} = await wait('bad', 'sts/db', '-o', 'json', '--timeout=2s').end
    expect(code).toBe(1)
    expect(onlyWorkload(checkedRollout(JSON.parse(stdout)))).toMatchObject({blockedBy: {pod: 'db-1'}})
  })

  test.concurrent.for([
    ['named', ['sts/db']],
    ['unnamed', []],
  ] as const)('with 1 when what was waited for is deleted: %s', async ([namespace, names]) => {
    await rolling(namespace, 'creating')
    const waiting = wait(namespace, ...names)
    await until('it waits', waiting.stdout, (text) => text.includes('Next '))
    await removeSet(namespace)
    const {code, stderr} = await waiting.end
    expect({code, stderr}).toEqual({code: 1, stderr: expect.stringContaining('deleted')})
  })

  test.concurrent('with a last line that says that it is complete, also when a Pod has gone', async () => {
    await controlPlane.createNamespace('smaller')
    const annotations = behaviourOf({2: 'hang-terminating'})
    await controlPlane.apply(statefulSet({namespace: 'smaller', annotations}))
    await untilReady(controlPlane, 'smaller', 'db')
    await edit(controlPlane, 'statefulsets', ['smaller', 'db'], {replicas: 2})
    const waiting = wait('smaller', 'sts/db')
    await until('it waits', waiting.stdout, (text) => /db-2 .*condemned/.test(text))
    await setBehaviour(controlPlane, 'smaller', 'db-2', 'ready')
    const {stdout, code} = await waiting.end
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/smaller\/sts\/db {2}Complete {2}2\/2 updated$/)
  })

  test.concurrent('with 130 when it is interrupted', async () => {
    await rolling('interrupted', 'creating')
    const waiting = wait('interrupted', 'sts/db')
    await until('it waits', waiting.stdout, (text) => text.includes('Next '))
    waiting.signal('SIGINT')
    expect(await waiting.end).toMatchObject({code: 130, stderr: ''})
  })

  test('with 2, at once, when there is no such workload', async () => {
    expect(await wait('default', 'sts/nope').end).toEqual({
      stdout: '',
      stderr: 'Error from server (NotFound): statefulsets.apps "nope" not found\n',
      code: 2,
    })
  })

  test('with 2, at once, when there is nothing to wait for, and says in which namespace', async () => {
    expect(await wait('default').end).toEqual({
      stdout: '',
      stderr: 'No resources found in default namespace.\n',
      code: 2,
    })
  })
})
