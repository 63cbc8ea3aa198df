import {expect, test} from 'vitest'
import {healthy, pod} from '../builders.ts'
import {daemonSet} from '../builders-daemon.ts'
import {runPlugin} from '../run-plugin.ts'

const kinds = {
  statefulSets: ['apps/v1', 'StatefulSet'],
  daemonSets: ['apps/v1', 'DaemonSet'],
  pods: ['v1', 'Pod'],
  persistentVolumeClaims: ['v1', 'PersistentVolumeClaim'],
  persistentVolumes: ['v1', 'PersistentVolume'],
  storageClasses: ['storage.k8s.io/v1', 'StorageClass'],
  nodes: ['v1', 'Node'],
} as const

const cluster = {
  ...healthy(),
  daemonSets: [daemonSet()],
  pods: [pod(), pod({name: 'web-9', namespace: 'shop'}), pod({name: 'web-9', namespace: 'zoo'})],
}
const items = Object.entries(kinds).flatMap(([key, [apiVersion, kind]]) =>
  cluster[key as keyof typeof kinds].map((object) => ({apiVersion, kind, ...object})),
)
const saved = JSON.stringify({apiVersion: 'v1', kind: 'List', items})

const why = (line: string) => runPlugin(['why', ...line.split(' ').filter(Boolean)], '/', saved)

test.for([
  ['pod/web-9 -f -', 'error: Pod "web-9" is in several namespaces: say which with -n (shop, zoo)\n'],
  ['pod/web-1 -f -', 'error: pods "web-1" not found in the files\n'],
  ['pod/web-0 -n zoo -f -', 'error: pods "web-0" not found in the files\n'],
  ['sts/web -n zoo -f -', 'error: statefulsets.apps "web" not found in the files\n'],
  ['node/nowhere -f -', 'error: nodes "nowhere" not found in the files\n'],
  [
    'pod/web-0 -f - --logs',
    "error: --logs needs a cluster: saved objects hold no logs\nSee 'kubectl stateful why --help' for usage.\n",
  ],
  [
    '-f -',
    "error: what is it about? say TYPE/NAME, such as sts/web or pod/web-0\nSee 'kubectl stateful why --help' for usage.\n",
  ],
  [
    'pod/web-0 -l app=web -f -',
    "error: name cannot be provided when a selector is specified\nSee 'kubectl stateful why --help' for usage.\n",
  ],
  ['pod/web-0 --watch', "error: unknown flag: --watch\nSee 'kubectl stateful why --help' for usage.\n"],
] as const)('why %s is refused', async ([line, stderr]) => {
  expect(await why(line)).toEqual({stdout: '', stderr, code: 2})
})

test.for([
  ['sts/web', 'statefulset.apps/web'],
  ['daemonset agent', 'daemonset.apps/agent'],
  ['po/web-0', 'pod/web-0'],
  ['pod web-9 -n zoo', 'pod/web-9'],
  ['pvc/data-web-0', 'persistentvolumeclaim/data-web-0'],
  ['no node-a', 'node/node-a'],
  ['no node-a -n zoo', 'node/node-a'],
])('-o name calls %s %s', async ([line, name]) => {
  expect(await why(`${line} -f - -o name`)).toMatchObject({stdout: `${name}\n`, code: 0})
})

test('YAML is the report as well', async () => {
  const {stdout} = await why('sts/web -f - -o yaml')
  expect(stdout).toMatch(/^apiVersion: kubectl-stateful\/v1alpha1\nkind: WhyReport\n/)
})
