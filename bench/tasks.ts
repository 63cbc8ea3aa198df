import {join} from 'node:path'
import {binary} from '../test/control-plane/tools/binaries.ts'
import type {Command} from './measure.ts'
import {namespaceName} from './objects.ts'

/** What is timed, and what it is held against. */
export interface Task {
  readonly name: string
  readonly ours: Command
  readonly beside: Readonly<Record<string, Command>>
}

const ROOT = join(import.meta.dirname, '..')
const CORE = '/api/v1'
const LISTS = {
  map: [
    '/apis/apps/v1/statefulsets',
    `${CORE}/pods`,
    `${CORE}/persistentvolumeclaims`,
    `${CORE}/persistentvolumes`,
    `${CORE}/nodes`,
    '/apis/storage.k8s.io/v1/volumeattachments',
  ],
  coverage: ['/apis/apps/v1/daemonsets', `${CORE}/pods`, `${CORE}/nodes`],
  rollout: ['/apis/apps/v1/statefulsets', '/apis/apps/v1/daemonsets', `${CORE}/pods`, `${CORE}/nodes`],
} as const

/** All that the numbers of `docs/speed.md` are about. */
export function tasksOf(kubeconfig: string): readonly Task[] {
  const env = {KUBECONFIG: kubeconfig}
  const node = (...args: string[]): Command => ({command: process.execPath, args, env})
  const ours = (...args: string[]) => node(join(ROOT, 'bin/run.js'), ...args)
  const bare = (question: keyof typeof LISTS) => ({
    'bare JSON': node(join(ROOT, 'bench/bare-read.ts'), 'json', ...LISTS[question]),
    'bare protobuf': node(join(ROOT, 'bench/bare-read.ts'), 'protobuf', ...LISTS[question]),
  })
  const kubectl = (...args: string[]): Command => ({command: binary('kubectl'), args, env})
  const [namespace, set] = [namespaceName(7), 'postgres-cluster-7']
  const one = {
    'kubectl get pods -l': kubectl('get', 'pods', '-n', namespace, '-l', `app.kubernetes.io/instance=${set}`),
  }
  const words = {'node -e 0': node('-e', '0')}
  return [
    {
      name: 'map -A -o json',
      ours: ours('map', '-A', '-o', 'json'),
      beside: {
        ...bare('map'),
        'kubectl get -o json': kubectl('get', 'sts,pods,pvc,pv,nodes', '-A', '-o', 'json'),
      },
    },
    {name: 'map -A', ours: ours('map', '-A'), beside: bare('map')},
    {name: 'coverage -A -o json', ours: ours('coverage', '-A', '-o', 'json'), beside: bare('coverage')},
    {name: 'status -A', ours: ours('status', '-A'), beside: bare('rollout')},
    {name: 'rollout -A', ours: ours('rollout', '-A'), beside: bare('rollout')},
    {name: 'map of one set', ours: ours('map', set, '-n', namespace), beside: one},
    {name: 'rollout of one set', ours: ours('rollout', `sts/${set}`, '-n', namespace), beside: one},
    {name: 'why of one set', ours: ours('why', `sts/${set}`, '-n', namespace), beside: one},
    {name: '--help', ours: ours('--help'), beside: words},
    {name: '--version', ours: ours('--version'), beside: words},
  ]
}
