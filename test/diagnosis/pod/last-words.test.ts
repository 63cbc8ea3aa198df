import {expect, test} from 'vitest'
import {node} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {actText, diagnosed} from './diagnosed.ts'
import {cluster, member, type Parts, unready, waiting} from './parts.ts'
import {crashed, withInit} from './parts-running.ts'

const PORT = 'listen tcp :9100: bind: address already in use'
const ARM = node({
  name: 'web',
  metadata: {labels: {'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64'}},
})

function ended(message: string, spec: Parts['spec'] = {}, others: Facts = {}, end: object = {}) {
  const containers = [{name: 'web', image: 'web:1'}]
  const pod = unready('web', crashed('web', {message, ...end}), {spec: {containers, ...spec}})
  return diagnosed(cluster('web', {nodes: [ARM], ...others, pods: [pod, ...(others.pods ?? [])]}))
}

const onHost = (message: string, others: Facts = {}) => ended(message, {hostNetwork: true}, others)

const ports: readonly (readonly [string, string])[] = [
  [`level=info msg=starting\n${PORT}\n`, '9100'],
  ['listen tcp 127.0.0.1:9100: bind: address already in use', '9100'],
  ['listen tcp [fe80::10:244]:9100: bind: address already in use', '9100'],
  ['nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)', '80'],
  ["Error: listen EADDRINUSE: address already in use :::3000\n    at listen\n  code: 'EADDRINUSE'", '3000'],
  [
    'listen tcp :9182: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.',
    '9182',
  ],
]

test.for(ports)('a port of the node that is in use is told: %s', ([message, port]) => {
  const finding = onHost(message)
  expect(finding?.id).toBe('crash-loop')
  expect(finding?.message).toBe(
    `Port ${port} of node web is in use: container web of web-0 crashes with exit code 1 (restarted 7 times)`,
  )
  expect(actText(finding)).toContain('ss -ltnp')
})

const others: readonly (readonly [string, string, string])[] = [
  [
    'no port is told',
    'OSError: [Errno 98] Address already in use',
    'A port of node web is in use: container',
  ],
  ['it went on to another error', `${PORT}\nfatal error: no such database`, 'Container web of web-0 crashes'],
  ['a time is no port', '12:34:56 bind failed: timeout', 'Container web of web-0 crashes'],
]

test.for(others)('%s', ([, message, words]) => {
  expect(onHost(message)?.message).toContain(words)
})

test('who has the port is named, if it is a Pod of that node that says so', () => {
  const taking = (nodeName: string, spec: object, status: object = {}) =>
    member('other', {spec: {nodeName, ...spec}, status})
  const declared = {containers: [{name: 'x', ports: [{containerPort: 1, hostPort: 9100}]}]}
  const implied = {hostNetwork: true, containers: [{name: 'x', ports: [{containerPort: 9100}]}]}
  const inPod = {containers: [{name: 'x', ports: [{containerPort: 9100}]}]}
  const holder = (pod: ReturnType<typeof taking>) => onHost(PORT, {pods: [pod]})?.message
  const named = 'Port 9100 of node web is in use by ns-other/other-0: '
  expect(holder(taking('web', declared))).toContain(named)
  expect(holder(taking('web', implied))).toContain(named)
  expect(holder(taking('elsewhere', declared))).toContain('is in use: ')
  expect(holder(taking('web', inPod))).toContain('is in use: ')
  expect(holder(taking('web', declared, {phase: 'Failed'}))).toContain('is in use: ')
})

test('off the host network it competes with its own Pod alone', () => {
  const finding = ended(PORT)
  expect(finding?.message).toContain('Port 9100 is in use within the Pod: ')
  expect(actText(finding)).not.toContain('ss -ltnp')
})

test('a program for other machines is told with the platform of the node', () => {
  const text = 'exec /agent: exec format error'
  const words = "The program is not made for the node's platform, linux/arm64: "
  expect(ended(text)?.message).toContain(words)
  const unstarted = ended(`failed to create task: ${text}: unknown`, {}, {}, {reason: 'StartError'})
  expect(unstarted).toMatchObject({id: 'container-run-error', message: expect.stringContaining(words)})
  expect(actText(unstarted)).toContain('kubernetes.io/arch')
  expect(ended(text, {}, {nodes: [node({name: 'web', metadata: {labels: {}}})]})?.message).toContain(
    "the node's platform: container web",
  )
  expect(ended('exec /agent: no such file')?.message).not.toContain('platform')
  const init = crashed('wait', {message: text})
  expect(diagnosed(cluster('web', {nodes: [ARM], pods: [withInit('web', init)]}))?.message).toContain(words)
})

const runtimes: readonly (readonly [string, string, string])[] = [
  [
    'failed to generate spec: path "/run/nvidia" is mounted on "/run" but it is not a shared mount',
    'is not shared',
    '--make-rshared',
  ],
  [
    'path "/sys" is mounted on "/sys" but it is not a shared or slave mount',
    'is not shared',
    'mountPropagation',
  ],
  [
    'Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /var/lib/x',
    'is not there',
    'hostPath',
  ],
  [
    'failed to generate spec: failed to mkdir "/opt/x": mkdir /opt/x: read-only file system',
    'is not there',
    'path',
  ],
  [
    'error mounting: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)?',
    'of another type',
    'subPath',
  ],
  [
    'cannot load seccomp profile "/var/lib/kubelet/seccomp/a.json": open a.json: no such file or directory',
    'seccomp profile',
    'onto this node',
  ],
  ['failed to apply apparmor profile: no such file', 'AppArmor', 'load that AppArmor profile'],
  ['nvidia-container-cli: initialization error: nvml error: driver not loaded', 'GPU driver', 'nvidia-smi'],
  [
    'failed to reserve container name "a_b_0": name "a_b_0" is reserved for "6a37"',
    'still holds an earlier attempt',
    'drain the node',
  ],
  ['write /var/lib/containerd/x: no space left on device', 'no room left', 'make room'],
  ['container init was OOM-killed (memory limit too low?)', 'memory limit is too low', 'limits.memory'],
  ['context deadline exceeded', 'does not answer in time', 'overloaded'],
]

const created = (message: string) =>
  diagnosed(cluster('web', {pods: [unready('web', waiting('web', 'CreateContainerError', message))]}))

test.for(runtimes)('what a runtime says is put in words: %s', ([message, text, advice]) => {
  const finding = created(message)
  expect(finding?.id).toBe('container-create-error')
  expect(finding?.message.toLowerCase()).toContain(text.toLowerCase())
  expect(actText(finding)).toContain(advice)
})

test('a text that nobody knows is only proof, and a program may speak of time-outs', () => {
  expect(created('it broke')?.message).toBe("Container web of web-0 can't be created")
  expect(created('it broke')?.evidence[0]).toMatch(/CreateContainerError: it broke$/)
  expect(ended('timed out')?.message).toMatch(/^Container web of web-0 crashes/)
  expect(ended('timed out')?.evidence[0]).toMatch(/: timed out$/)
})

const missing: readonly (readonly [string, string])[] = [
  ['configmap "web-config" not found', 'ConfigMap web-config'],
  ['secret "web-token" not found', 'Secret web-token'],
  ["couldn't find key password in Secret shop/web-token", 'Key password of Secret web-token'],
  ["couldn't find key a.b in ConfigMap shop/web", 'Key a.b of ConfigMap web'],
]

test.for(missing)('what is missing is named: %s', ([message, named]) => {
  const waits = unready('web', waiting('web', 'CreateContainerConfigError', message))
  expect(diagnosed(cluster('web', {pods: [waits]}))?.message).toBe(
    `${named} is not there, and container web of web-0 takes its environment from it`,
  )
})
