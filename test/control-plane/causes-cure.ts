import type {Finding} from '../../src/diagnosis/finding.ts'
import type {ControlPlane} from './control-plane.ts'
import {ask, type Plural} from './lockstep-play.ts'
import {behaviour, setBehaviour} from './situations/behaviours.ts'
import {node} from './situations/nodes.ts'
import {claim, localVolume} from './situations/volumes.ts'
import {headlessService} from './situations/workloads.ts'

/** Where a situation takes place: a namespace and three nodes of its own, called after it. */
export interface Place {
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
  readonly arrange: (place: Place) => Promise<void>
  /** It stands in the advice, not among the commands. */
  readonly isAdvice?: true
  /** What else is to hold in the end; the workload's rollout is complete, unless this says otherwise. */
  readonly ends?: (place: Place) => Promise<boolean>
}

/** Of one class, which is the only one there is, and none is the default. */
export const CLASS = 'local'

export const LETTERS = ['a', 'b', 'c'] as const

export function nodesOf({nodes, lane}: Pick<Place, 'nodes' | 'lane'>) {
  return nodes.map((name) => node(name, {labels: lane}))
}

export async function make({api}: Place, ...objects: readonly object[]): Promise<void> {
  await api.apply(objects)
}

export const service = ({namespace}: Place) => headlessService('db', namespace)

/** One disk on each of its nodes, called after that. */
export const disks = ({nodes, lane}: Place) =>
  nodes.map((name) => {
    const disk = localVolume(`disk-${name}`, name, {storageClass: CLASS})
    return {...disk, metadata: {...disk.metadata, labels: {...lane}}}
  })

export const data = (name = 'data') => claim(name, {storageClass: CLASS})

/** Of its own disks: those of the other situations are no choice. */
export function ownData({lane}: Place) {
  const one = data()
  return {...one, spec: {...one.spec, selector: {matchLabels: {...lane}}}}
}

export const onItsNodes = ({lane}: Place) => ({nodeSelector: {...lane}})

export function edit({api, namespace}: Place, plural: Plural, spec: object): Promise<void> {
  const name = plural === 'statefulsets' ? 'db' : 'agent'
  return ask(api, 'PATCH', `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`, {spec})
}

/** Another template: one of that label, whose Pods behave so. */
export function roll(place: Place, plural: Plural, version: number, how: 'ready' | 'image-pull' = 'ready') {
  const metadata = {labels: {version: String(version)}, annotations: behaviour(how)}
  return edit(place, plural, {template: {metadata}})
}

export async function kubectl({api, namespace}: Place, ...args: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await api.kubectl([...args, '-n', namespace])
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
  return stdout
}

export function behave({api, namespace}: Place, pod: string, next: Parameters<typeof setBehaviour>[3]) {
  return setBehaviour(api, namespace, pod, next)
}

/** The commands of a remedy that this control plane can carry out: there is no kubelet to serve logs. */
export function commandsOf({remedy}: Finding, isAdvice = false): readonly string[] {
  const {commands = [], advice = ''} = remedy ?? {}
  if (!isAdvice) return commands.filter((command) => !command.startsWith('kubectl logs '))
  return (
    advice.match(/kubectl [a-z]+ (?:'[^']*'|[^' ,])+(?: (?:'[^']*'|(?!and |afterwards)[^' ,;]+))*/g) ?? []
  )
}
