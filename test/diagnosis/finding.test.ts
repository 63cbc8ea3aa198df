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
  [['get', 'pod', 'a b'], "kubectl get pod 'a b'"],
  [['get', 'pod', "it's"], "kubectl get pod 'it'\\''s'"],
  [['get', 'pod', '$(id)'], "kubectl get pod '$(id)'"],
  [['get', 'pod', ''], "kubectl get pod ''"],
  [['delete', 'pod', '-n', 'shop', '--all'], 'kubectl delete pod -n shop -- --all'],
  [['delete', 'pod', '-n', '--all', 'web-0'], 'kubectl delete pod -n --all web-0'],
  [['patch', 'pv', '-x', '--type=json', '-p', '[]'], "kubectl patch pv --type=json -p '[]' -- -x"],
])('%o is written %s, and read back as it was meant', ([words, line]) => {
  expect(kubectl(...(words as string[]))).toBe(line)
  expect(
    shellWords(line as string)
      .filter((word) => word !== '--')
      .toSorted(),
  ).toEqual(['kubectl', ...(words as string[])].toSorted())
})

test('a line that a shell would act on is noticed', () => {
  for (const line of ['kubectl $(id)', 'kubectl a;b', "kubectl 'open", 'kubectl a  b', 'kubectl >x']) {
    expect(() => shellWords(line)).toThrow('a shell would not take this')
  }
})
