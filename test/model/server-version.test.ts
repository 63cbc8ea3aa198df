import {expect, test} from 'vitest'
import {serverVersionOf} from '../../src/model/server-version.ts'
import {node} from '../builders.ts'

const running = (...versions: readonly string[]) =>
  versions.map((kubeletVersion, index) => node({name: `n${index}`, status: {nodeInfo: {kubeletVersion}}}))

test.for<[string, string | undefined, readonly string[], object | undefined]>([
  ['the server tells', 'v1.29.4-gke.10', ['v1.27.3'], {minor: 29, patch: 4}],
  ['it tells something else', 'v2.0.0', ['v1.27.3'], undefined],
  [
    'the kubelets tell how old it is at most',
    undefined,
    ['v1.27.3+k3s1', 'v1.28.9-gke.1', 'v1.28.2'],
    {minor: 28, patch: 9},
  ],
  ['a virtual kubelet tells its own', undefined, ['v1.19.10-vk-azure-aci-1.6.1', 'v1.11.0'], undefined],
  ['nobody tells', undefined, [], undefined],
  ['they tell nothing', undefined, ['', 'latest'], undefined],
])('%s', ([, version, kubelets, expected]) => {
  const told = {...(version !== undefined && {server: {version}}), nodes: running(...kubelets)}
  expect(serverVersionOf(told)).toEqual(expected)
})
