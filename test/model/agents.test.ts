import {expect, test} from 'vitest'
import {bringerOf, isNetworkPlugin} from '../../src/model/agents.ts'
import {daemonSet} from '../builders-daemon.ts'

const registrar = {
  name: 'node-driver-registrar',
  image: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.9',
}

function agent(name: string, path?: string, containers = [{name: 'main', image: 'registry.example/main:1'}]) {
  const volumes = path === undefined ? [] : [{name: 'host', hostPath: {path}}]
  return daemonSet({name, template: {containers, volumes}})
}

test.for<[string, ReturnType<typeof agent>, boolean]>([
  ['writes where runtimes look for plugins', agent('net', '/etc/cni/net.d'), true],
  ['installs binaries of plugins', agent('net', '/opt/cni/bin'), true],
  ['is called as a well-known one', agent('calico-node'), true],
  ['has cni in its name', agent('acme-cni-node'), true],
  [
    'has an image of a well-known one',
    agent('net', undefined, [{name: 'a', image: 'docker.io/flannel/flannel:v1'}]),
    true,
  ],
  ['only has a similar path', agent('logs', '/etc/cnirules'), false],
  ['only has a similar name', agent('cnidarian'), false],
  ['only reads the log', agent('fluent-bit', '/var/log'), false],
])('a set that %s', ([, set, expected]) => {
  expect(isNetworkPlugin(set)).toBe(expected)
})

test.for<[string, string, readonly ReturnType<typeof agent>[], string | undefined]>([
  [
    "has the driver's folder",
    'driver.longhorn.io',
    [agent('a', '/var/lib/kubelet/plugins/driver.longhorn.io'), agent('longhorn-b', undefined, [registrar])],
    'a',
  ],
  [
    'is called like the driver',
    'ebs.csi.aws.com',
    [agent('ebs-csi-node', undefined, [registrar]), agent('efs-csi-node', undefined, [registrar])],
    'ebs-csi-node',
  ],
  ['is called so, but registers nothing', 'ebs.csi.aws.com', [agent('ebs-logs')], undefined],
  ['registers another driver', 'ebs.csi.aws.com', [agent('nfs-node', undefined, [registrar])], undefined],
  [
    'is one of two that may be meant',
    'rbd.csi.ceph.com',
    [agent('rbd-one', undefined, [registrar]), agent('rbd-two', undefined, [registrar])],
    undefined,
  ],
])('who %s', ([, driver, sets, expected]) => {
  expect(bringerOf(driver, sets)?.metadata?.name).toBe(expected)
})
