import {afterAll, beforeAll, expect, test} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import {connect} from '../../src/cluster/connect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {list} from '../../src/cluster/list.ts'
import {listPath, resourceKeys} from '../../src/cluster/resources.ts'
import type {KubernetesObject} from '../../src/model/objects.ts'
import type {ResourceKey} from '../../src/model/snapshot.ts'
import {RICH} from './protobuf-objects.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'

describeControlPlane('protobuf', () => {
  let controlPlane: ControlPlane
  let connection: Connection

  beforeAll(async () => {
    controlPlane = await startControlPlane({kwok: false})
    connection = await connect({kubeconfig: controlPlane.kubeconfig}, {note: () => {}})
    await controlPlane.createNamespace('rich')
    for (const {path, object} of RICH) await store(path, object)
  })

  afterAll(async () => {
    await connection?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  async function store(path: string, object: object & {readonly status?: object}) {
    const made = await done('POST', path, object)
    if (object.status) await done('PATCH', `${path}/${made.metadata?.name}/status`, {status: object.status})
  }

  async function done(method: string, path: string, object: object): Promise<KubernetesObject> {
    const {code, body} = await controlPlane.request(method, path, object)
    expect({path, body: code < 300 ? 'fine' : body}).toEqual({path, body: 'fine'})
    return body as KubernetesObject
  }

  /** What the server has at one moment, as it is read, and as JSON has it. */
  async function bothWays(key: ResourceKey) {
    const path = listPath(key, undefined)
    const {metadata} = await controlPlane.get<{metadata: {resourceVersion: string}}>(path)
    const moment = {resourceVersion: metadata.resourceVersion, resourceVersionMatch: 'Exact'}
    const {items} = await controlPlane.get<{items: KubernetesObject[]}>(
      `${path}?${new URLSearchParams(moment)}`,
    )
    const at: Connection = {...connection, get: (to, query) => connection.get(to, {...query, ...moment})}
    const {objects} = await list(at, {resource: key}, 0, projected(key))
    return {objects, items: items.map(projected(key))}
  }

  test.each(resourceKeys)('%s are the same as in JSON', async (key) => {
    const {objects, items} = await bothWays(key)
    expect(objects).toStrictEqual(items)
    expect(items.length).toBeGreaterThan(0)
  })

  test('one object is the same as in JSON, and a refusal has its words', async () => {
    const path = '/api/v1/namespaces/rich/services/rich'
    expect(projected('services')((await connection.get(path)) as KubernetesObject)).toStrictEqual(
      projected('services')(await controlPlane.get(path)),
    )
    await expect(connection.get('/api/v1/namespaces/rich/pods/none')).rejects.toThrow(
      'Error from server (NotFound): pods "none" not found',
    )
  })

  test('lists come as protobuf, and the version as JSON', async () => {
    const page = (await connection.get('/api/v1/nodes', {limit: 1})) as {items: unknown}
    expect(Array.isArray(page.items)).toBe(false)
    expect(await connection.get('/version')).toMatchObject({major: '1'})
  })
})
