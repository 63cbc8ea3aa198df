import {expect, test} from 'vitest'
import {hostPortsOf, portHolders} from '../../src/model/host-ports.ts'
import type {Pod} from '../../src/model/objects.ts'
import {pod} from '../builders.ts'

type Port = {containerPort: number; hostPort?: number; protocol?: string; hostIP?: string}

function having(name: string, port: Port, others: Partial<NonNullable<Pod['spec']>> = {}): Pod {
  return pod({name, spec: {nodeName: 'n1', containers: [{name: 'main', ports: [port]}], ...others}})
}

const wanting = having('web', {containerPort: 80, hostPort: 80})

test.for<[string, Pod, boolean]>([
  ['the same port', having('a', {containerPort: 8080, hostPort: 80}), true],
  ['the same port of one address', having('a', {containerPort: 80, hostPort: 80, hostIP: '10.0.0.1'}), true],
  ['another port', having('a', {containerPort: 80, hostPort: 81}), false],
  ['another protocol', having('a', {containerPort: 80, hostPort: 80, protocol: 'UDP'}), false],
  ['a port of its own network', having('a', {containerPort: 80}), false],
  ['the same port of another node', having('a', {containerPort: 80, hostPort: 80}, {nodeName: 'n2'}), false],
  [
    'the port no more',
    {...having('a', {containerPort: 80, hostPort: 80}), status: {phase: 'Succeeded'}},
    false,
  ],
])('a Pod that has %s', ([, other, isHolder]) => {
  expect(portHolders(wanting, 'n1', [wanting, other]).length).toBe(isHolder ? 1 : 0)
})

test('of two addresses each may have the port', () => {
  const on = (name: string, hostIP: string) => having(name, {containerPort: 80, hostPort: 80, hostIP})
  expect(portHolders(on('a', '10.0.0.1'), 'n1', [on('b', '10.0.0.2')])).toEqual([])
})

test('what runs beside the containers has ports, what runs before them has none', () => {
  const ports = [{containerPort: 80, hostPort: 80}]
  const initContainers = [
    {name: 'sidecar', restartPolicy: 'Always', ports},
    {name: 'init', ports: [{containerPort: 81, hostPort: 81}]},
  ]
  expect(hostPortsOf(pod({spec: {initContainers}}))).toEqual([{port: 80, protocol: 'TCP', ip: ''}])
})
