import {expect, test} from 'vitest'
import type {Pod} from '../../../src/model/objects.ts'
import {node} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {diagnosed} from './diagnosed.ts'
import {cluster, condition, running, told, unready, waiting} from './parts.ts'
import {crashed} from './parts-running.ts'

const NO_PLUGIN =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'
const LOST = 'node-notready-not-evicted'

const notReady = (message: string, status = 'False') =>
  node({name: 'web', status: {conditions: [condition('Ready', status, {message})]}})
const onHost = (status: Parameters<typeof unready>[1]): Pod =>
  unready('web', status, {spec: {hostNetwork: true}})
const WAITS = told('web', 'NetworkNotReady', `network is not ready: ${NO_PLUGIN}`)

const cases: readonly (readonly [string, Pod, Facts, string])[] = [
  ['the plugin itself crashes', onHost(crashed('web', {})), {}, 'crash-loop'],
  ['its image can not be pulled', onHost(waiting('web', 'ImagePullBackOff')), {}, 'image-pull-backoff'],
  ['all of it runs', onHost(running('web')), {}, LOST],
  [
    'one that waits for the network',
    unready('web', waiting('web', 'ContainerCreating')),
    {events: [WAITS]},
    'network-not-ready',
  ],
  [
    'nobody says that it waits for the network',
    unready('web', waiting('web', 'ContainerCreating')),
    {},
    LOST,
  ],
  [
    'docker says it in other words',
    onHost(crashed('web', {})),
    {nodes: [notReady('docker: network plugin is not ready: cni config uninitialized')]},
    'crash-loop',
  ],
  [
    'the runtime is down as well',
    onHost(crashed('web', {})),
    {nodes: [notReady('container runtime is down')]},
    LOST,
  ],
  ['a silent kubelet', onHost(crashed('web', {})), {nodes: [notReady(NO_PLUGIN, 'Unknown')]}, LOST],
]

test.for(cases)('a node that only lacks its network plugin: %s', ([, pod, others, id]) => {
  const facts = cluster('web', {nodes: [notReady(NO_PLUGIN)], ...others, pods: [pod]})
  expect(diagnosed(facts)?.id).toBe(id)
})
