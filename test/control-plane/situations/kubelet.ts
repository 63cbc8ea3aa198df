import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer as createHttp, type IncomingMessage, type ServerResponse} from 'node:http'
import {createServer as createHttps} from 'node:https'
import {type AddressInfo, connect, type Server} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Duplex} from 'node:stream'
import type {V1Node, V1Pod} from '@kubernetes/client-node'
import {dump} from 'js-yaml'
import {fixture} from '../../cluster/fake-server.ts'
import type {ControlPlane} from '../tools/control-plane.ts'

/** What is on the disk of a claim, in bytes and inodes, as a kubelet says it. */
type Figures = Readonly<Record<string, number>>

/** A kubelet that tells what is on disks, and nothing else. */
export interface Kubelet {
  /** What it was asked, as `GET /path`. */
  readonly asked: readonly string[]
}

/** Kubelets on loopback. */
export interface Kubelets {
  /** An API server that reaches them: no address of loopback may be a node's, so that it goes through a proxy of ours. */
  readonly apiServerArgs: readonly string[]
  /** Stands in for the kubelet of that node, with these figures by claim; without figures it takes every question, and answers none. */
  readonly start: (
    controlPlane: ControlPlane,
    node: string,
    figures: Readonly<Record<string, Figures>> | undefined,
  ) => Promise<Kubelet>
  readonly close: () => void
}

export async function standInKubelets(): Promise<Kubelets> {
  const folder = mkdtempSync(join(tmpdir(), 'kubelets-'))
  const socket = join(folder, 'proxy')
  const ports = new Map<string, number>()
  const proxy = createHttp().on('connect', (request, client) => tunnel(request, client, ports))
  await listening(proxy, {path: socket})
  const servers: {closeAllConnections(): void; close(): void}[] = [proxy]
  return {
    apiServerArgs: [
      `--egress-selector-config-file=${egress(folder, socket)}`,
      '--kubelet-preferred-address-types=InternalIP',
    ],
    start: async (controlPlane, node, figures) => {
      const asked: string[] = []
      const identity = {cert: fixture('server.crt'), key: fixture('server.key')}
      const server = createHttps(identity, (request, response) => {
        asked.push(`${request.method} ${request.url}`)
        if (figures) void answer(request, response, () => summaryOf(controlPlane, node, figures))
      })
      servers.push(server)
      await listening(server, {host: '127.0.0.1', port: 0})
      ports.set(await addressOf(controlPlane, node), (server.address() as AddressInfo).port)
      return {asked}
    },
    close: () => {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
      rmSync(folder, {recursive: true, force: true})
    },
  }
}

function listening(server: Server, place: {path?: string; host?: string; port?: number}): Promise<void> {
  return new Promise((resolve) => server.listen(place, resolve))
}

function egress(folder: string, socket: string): string {
  const file = join(folder, 'egress.yaml')
  const connection = {proxyProtocol: 'HTTPConnect', transport: {uds: {udsName: socket}}}
  const config = {
    apiVersion: 'apiserver.k8s.io/v1beta1',
    kind: 'EgressSelectorConfiguration',
    egressSelections: [{name: 'cluster', connection}],
  }
  writeFileSync(file, dump(config))
  return file
}

function tunnel({url = ''}: IncomingMessage, client: Duplex, ports: ReadonlyMap<string, number>): void {
  const port = ports.get(url.replace(/:\d+$/, ''))
  if (port === undefined) return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  const kubelet = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    kubelet.pipe(client).pipe(kubelet)
  })
  const end = () => {
    kubelet.destroy()
    client.destroy()
  }
  kubelet.on('error', end)
  client.on('error', end)
}

async function answer({url}: IncomingMessage, response: ServerResponse, summary: () => Promise<object>) {
  if (url !== '/stats/summary') return response.writeHead(404).end()
  const body = JSON.stringify(await summary())
  return response.writeHead(200, {'content-type': 'application/json'}).end(body)
}

async function addressOf({get}: ControlPlane, node: string): Promise<string> {
  const {status} = await get<V1Node>(`/api/v1/nodes/${node}`)
  return status?.addresses?.find(({type}) => type === 'InternalIP')?.address ?? ''
}

export const TIME = '2026-05-01T12:00:00Z'

/** As the kubelet of 1.37 makes it (k8s.io/kubelet/pkg/apis/stats/v1alpha1), for the Pods that are bound to its node. */
async function summaryOf(
  {get}: ControlPlane,
  nodeName: string,
  figures: Readonly<Record<string, Figures>>,
): Promise<object> {
  const {items} = await get<{items: V1Pod[]}>(`/api/v1/pods?fieldSelector=spec.nodeName=${nodeName}`)
  return {
    node: {nodeName, startTime: TIME},
    pods: items.map(({metadata, spec}) => ({
      podRef: {name: metadata?.name, namespace: metadata?.namespace, uid: metadata?.uid},
      startTime: metadata?.creationTimestamp,
      containers: [],
      volume: (spec?.volumes ?? []).map(({name, persistentVolumeClaim}) => {
        const claim = persistentVolumeClaim?.claimName ?? ''
        const pvcRef = {name: claim, namespace: metadata?.namespace}
        return {time: TIME, name, ...figures[claim], ...(claim && {pvcRef})}
      }),
    })),
  }
}
