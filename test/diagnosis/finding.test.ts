import {expect, test} from 'vitest'
import {diagnose, type Finding, firstCause, type Severity} from '../../src/diagnosis/finding.ts'
import {kubectl} from '../../src/diagnosis/kubectl-command.ts'
import type {CauseId} from '../../src/diagnosis/order.ts'
import {shellWords} from './shell-words.ts'

function finding(id: string, severity: Severity = 'error'): Finding {
  return {
    id: id as CauseId,
    severity,
    message: id,
    object: {kind: 'Pod', name: 'p'},
    evidence: [],
    selfHealing: 'no',
    remedy: null,
  }
}

const yes = (id: string) => () => finding(id)
const no = () => undefined

test('every rule is asked, in order; those that find nothing leave no trace', () => {
  expect(diagnose([yes('a'), no, yes('b')], {})).toEqual([finding('a'), finding('b')])
})

test('of causes where one explains the rest, the first counts', () => {
  expect(firstCause([no, yes('a'), yes('b')])({})).toEqual(finding('a'))
  expect(firstCause([no])({})).toBeUndefined()
})

test.for([
  [['get', 'pod', '-n', 'shop', 'web-0'], 'kubectl get pod -n shop web-0'],
  [['get', 'Kafka.v1beta2.kafka.strimzi.io', '-n', 'shop', 'k'], undefined],
  [['taint', 'node', 'n1', 'example.com/Key:NoSchedule-'], undefined],
  [['get', 'pods', '-A', '-o', 'wide', '--field-selector', 'spec.nodeName=n1'], undefined],
  [['logs', '-n', 'shop', 'web-0', 'web', '-p'], undefined],
  [
    ['patch', 'pv', 'pv-1', '--type=json', '-p', '[{"op":"remove"}]'],
    `kubectl patch pv pv-1 --type=json -p '[{"op":"remove"}]'`,
  ],
] as const)('%o is written as one would type it, and read back as it was meant', ([words, line]) => {
  const command = kubectl(...words)
  expect(command).toBe(line ?? ['kubectl', ...words].join(' '))
  expect(shellWords(command)).toEqual(['kubectl', ...words])
})

test.for([
  ['get', 'pod', 'a b'],
  ['get', 'pod', "it's"],
  ['get', 'pod', '$(id)'],
  ['get', 'pod', ''],
  ['get', 'pod', 'Web'],
  ['get', 'pod', 'é'],
  ['get', 'pod', `a${'a'.repeat(2000)}`],
  ['delete', 'pod', '-n', '--all', 'web-0'],
  ['delete', 'pod', '-n', 'shop', '--all'],
  ['delete', 'pod', '-n', 'shop', '-A'],
  ['delete', 'pod', '-n', 'shop', '-n'],
  ['delete', 'pod', '-n', '-n', 'web-0'],
  ['delete', 'pod', '-n', 'shop', '-l', 'web-0'],
  ['get', 'node', '-A'],
  ['get', 'node', '-o'],
  ['logs', '-n', 'shop', '-p', 'web'],
  ['drain', '--ignore-daemonsets', '--ignore-daemonsets'],
  ['patch', 'pv', '-x', '--type=json', '-p', '[]'],
  ['patch', 'pv', 'pv-1', '-p', `{"spec":{"a":"'; id #"}}`],
  ['label', 'pod', '-n', 'shop', 'web-0', '--overwrite', '--all=x'],
  ['get', 'pods', '-n', 'shop', '-l', 'app=not web'],
])('no command is printed for what the API would refuse: %o', (words) => {
  expect(kubectl(...words)).toBe('')
})

test('a line that a shell would act on is noticed', () => {
  for (const line of ['kubectl $(id)', 'kubectl a;b', "kubectl 'open", 'kubectl a  b', 'kubectl >x']) {
    expect(() => shellWords(line)).toThrow('a shell would not take this')
  }
})
