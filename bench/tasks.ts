import {dirname, join} from 'node:path'
import {binary} from '../test/control-plane/tools/binaries.ts'
import type {Command} from './measuring/process.ts'
import {namespaceName, nodeName, setName, zoneOf} from './objects/common.ts'
import {HEALTHY_NODE, UNWELL, WELL} from './objects/trouble.ts'

/** What is timed beside one of our commands. */
export interface Companion {
  readonly command: Command
  /** Goal: ours takes at most so many times as long. */
  readonly ratio?: number
  /** It is so slow that so many runs have to do. */
  readonly runs?: number
}

/** One of our commands, and what it is held against. */
export interface Task {
  readonly name: string
  readonly ours: Command
  /** Goal for its memory. */
  readonly megabytes?: number
  readonly beside: Readonly<Record<string, Companion>>
}

const SET_PODS = '/api/v1/pods?labelSelector=statefulset.kubernetes.io/pod-name'
const DAEMON_PODS = '/api/v1/pods?labelSelector=controller-revision-hash,!statefulset.kubernetes.io/pod-name'
const ALL_PODS = '/api/v1/pods?labelSelector=controller-revision-hash'

/** The lists that a question about all namespaces is answered from, and no other. */
const LISTS = {
  map: [
    '/apis/apps/v1/statefulsets',
    SET_PODS,
    '/api/v1/persistentvolumeclaims',
    '/api/v1/persistentvolumes',
    '/apis/storage.k8s.io/v1/volumeattachments',
    '/apis/storage.k8s.io/v1/storageclasses',
    '/api/v1/services',
    '/api/v1/nodes',
  ],
  coverage: ['/apis/apps/v1/daemonsets', DAEMON_PODS, '/apis/apps/v1/controllerrevisions', '/api/v1/nodes'],
  rollout: [
    '/apis/apps/v1/statefulsets',
    '/apis/apps/v1/daemonsets',
    ALL_PODS,
    '/apis/apps/v1/controllerrevisions',
    '/api/v1/nodes',
  ],
} as const

const ROOT = join(import.meta.dirname, '..')

/** All that the numbers of `docs/speed.md` are about; `before` is the folder of another build to time beside this one. */
export function tasksOf(kubeconfig: string, before?: string): readonly Task[] {
  const env = {KUBECONFIG: kubeconfig}
  const node = (...args: string[]): Command => ({command: process.execPath, args, env})
  const cache = {KUBECACHEDIR: join(dirname(kubeconfig), 'kubectl-cache')}
  const kubectl = (...args: string[]): Command => ({
    command: binary('kubectl'),
    args,
    env: {...env, ...cache},
  })
  const task = (args: readonly string[], beside: Task['beside'], megabytes?: number): Task => ({
    name: args.join(' '),
    ours: node(join(ROOT, 'bin/run.js'), ...args),
    ...(megabytes && {megabytes}),
    beside: {...beside, ...(before && {before: {command: node(join(before, 'bin/run.js'), ...args)}})},
  })
  const bare = (question: keyof typeof LISTS) => ({
    'bare protobuf': {
      command: node(join(ROOT, 'bench/bare-read.ts'), 'protobuf', ...LISTS[question]),
      ratio: 1.5,
    },
    'bare JSON': {command: node(join(ROOT, 'bench/bare-read.ts'), 'json', ...LISTS[question])},
  })
  const whole = kubectl('get', 'sts,pods,pvc,pv,nodes', '-A', '-o', 'json')
  const all = (question: keyof typeof LISTS, ...args: string[]) => task(args, bare(question), 350)
  const one = (set: number, ...args: string[]) => {
    const scope = ['-n', namespaceName(set)]
    const command = kubectl('get', 'pods', ...scope, '-l', `app.kubernetes.io/instance=${setName(set)}`)
    return task([...args, ...scope], {'kubectl get pods -l': {command, ratio: 1.5}}, 90)
  }
  const foretold = (...args: string[]): Task => {
    const map = node(join(ROOT, 'bin/run.js'), 'map', '-A')
    const name = ['what-if', ...args]
    const beside = {'map -A': {command: map, ratio: 2}}
    return {name: name.join(' '), ours: node(join(ROOT, 'bin/run.js'), ...name), beside}
  }
  const words = (...args: string[]) => task(args, {'node -e 0': {command: node('-e', '0'), ratio: 2}})
  return [
    task(
      ['map', '-A', '-o', 'json'],
      {...bare('map'), 'kubectl get -o json': {command: whole, ratio: 0.03, runs: 2}},
      350,
    ),
    all('map', 'map', '-A'),
    all('coverage', 'coverage', '-A', '-o', 'json'),
    all('rollout', 'status', '-A'),
    all('rollout', 'rollout', '-A'),
    one(WELL, 'map', setName(WELL)),
    one(WELL, 'rollout', `sts/${setName(WELL)}`),
    one(WELL, 'why', `sts/${setName(WELL)}`),
    one(UNWELL, 'why', `sts/${setName(UNWELL)}`),
    foretold('drain', `node/${nodeName(HEALTHY_NODE)}`),
    foretold('lose', `zone/${zoneOf(HEALTHY_NODE)}`),
    words('--help'),
    words('--version'),
  ]
}
