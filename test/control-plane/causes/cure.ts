import type {Finding} from '../../../src/diagnosis/finding.ts'
import {ask, type Plural} from '../lockstep/play.ts'
import {behaviour, setBehaviour} from '../situations/behaviours.ts'
import {node} from '../situations/nodes.ts'
import {claim, localVolume} from '../situations/volumes.ts'
import {headlessService} from '../situations/workloads.ts'
import type {ControlPlane} from '../tools/control-plane.ts'

/** Where a situation takes place: a namespace and three nodes of its own, called after it. */
export interface Sandbox {
  readonly api: ControlPlane
  readonly namespace: string
  /** Only its own nodes have these labels. */
  readonly lane: Readonly<Record<string, string>>
  readonly nodes: readonly [string, string, string]
}

/** A situation, and how the command that is printed for it ends it. */
export interface Cure {
  /** What `why` is asked about. */
  readonly about: 'sts/db' | 'ds/agent' | 'pvc/data-db-0' | 'node'
  readonly arrange: (place: Sandbox) => Promise<void>
  /** Which of the ways to act that have a command, where it is not the first. */
  readonly way?: number
  /** What else is to hold in the end; the workload's rollout is complete, unless this says otherwise. */
  readonly ends?: (place: Sandbox) => Promise<boolean>
}

/** Of one class, which is the only one there is, and none is the default. */
export const CLASS = 'local'

export const LETTERS = ['a', 'b', 'c'] as const

export function nodesOf({nodes, lane}: Pick<Sandbox, 'nodes' | 'lane'>) {
  return nodes.map((name) => node(name, {labels: lane}))
}

export async function create({api}: Sandbox, ...objects: readonly object[]): Promise<void> {
  await api.apply(objects)
}

export const service = ({namespace}: Sandbox) => headlessService('db', namespace)

/** One disk on each of its nodes, called after that. */
export const disks = ({nodes, lane}: Sandbox) =>
  nodes.map((name) => {
    const disk = localVolume(`disk-${name}`, name, {storageClass: CLASS})
    return {...disk, metadata: {...disk.metadata, labels: {...lane}}}
  })

export const data = (name = 'data') => claim(name, {storageClass: CLASS})

/** Of its own disks: those of the other situations are no choice. */
export function ownData({lane}: Sandbox) {
  const one = data()
  return {...one, spec: {...one.spec, selector: {matchLabels: {...lane}}}}
}

export const onItsNodes = ({lane}: Sandbox) => ({nodeSelector: {...lane}})

export function edit({api, namespace}: Sandbox, plural: Plural, spec: object): Promise<void> {
  const name = plural === 'statefulsets' ? 'db' : 'agent'
  return ask(api, 'PATCH', `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`, {spec})
}

/** Another template: one of that label, whose Pods behave so. */
export function roll(place: Sandbox, plural: Plural, version: number, how: 'ready' | 'image-pull' = 'ready') {
  const metadata = {labels: {version: String(version)}, annotations: behaviour(how)}
  return edit(place, plural, {template: {metadata}})
}

export async function kubectl({api, namespace}: Sandbox, ...args: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await api.kubectl([...args, '-n', namespace])
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
  return stdout
}

export function behave({api, namespace}: Sandbox, pod: string, next: Parameters<typeof setBehaviour>[3]) {
  return setBehaviour(api, namespace, pod, next)
}

/** The commands of one way that this control plane can carry out: there is no kubelet to serve logs. */
export function commandsOf({remedy}: Finding, way = 0): readonly string[] {
  const {look = [], act = []} = remedy ?? {}
  const chosen = act.filter((each) => each.commands.length > 0)[way]
  return [...look, ...(chosen?.commands ?? [])].filter((command) => !command.startsWith('kubectl logs '))
}
