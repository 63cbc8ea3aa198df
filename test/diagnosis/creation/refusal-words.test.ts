import {expect, test} from 'vitest'
import {refusalWords} from '../../../src/diagnosis/creation/refusal-words.ts'

const providers = (names: readonly string[]) =>
  names.map((name) => `provider "${name}": Forbidden: not usable by user or serviceaccount`)

test('what is short stays as it is', () => {
  const text = 'pods "a" is forbidden: exceeded quota: compute, requested: pods=1'
  expect(refusalWords(text)).toBe(text)
})

test('of many constraints only those say why that the account may use', () => {
  const refused = [
    'provider restricted-v2: .spec.securityContext.fsGroup: Invalid value: []int64{101}: 101 is not an allowed group',
    'provider restricted-v2: .containers[0].runAsUser: Invalid value: 101: must be in the ranges: [1000, 1999]',
  ]
  const all = [...providers(['anyuid', 'custom']), ...refused, ...providers(['nonroot', 'privileged'])]
  const text = `pods "db-0" is forbidden: unable to validate against any security context constraint: [${all.join(', ')}]`
  expect(refusalWords(text)).toBe(
    `unable to validate against any security context constraint: [${refused.join(', ')}]`,
  )
})

test('what is said of one volume is not said again of the next one', () => {
  const of = (index: number) =>
    `spec.volumes[${index}]: Invalid value: "hostPath": hostPath volumes are not allowed to be used`
  const text = `pods "a-" is forbidden: PodSecurityPolicy: unable to admit pod: [${[0, 1, 2, 3].map(of).join(' ')}]`
  expect(refusalWords(text)).toBe(
    `pods "a-" is forbidden: PodSecurityPolicy: unable to admit pod: [${of(0)}]`,
  )
})

test('all of them are told where they differ, and nothing is endless', () => {
  const of = (index: number) => `spec.containers[0].ports[${index}].hostPort: Invalid value: ${8000 + index}`
  const text = `PodSecurityPolicy: unable to admit pod: [${Array.from({length: 99}, (_, index) => of(index)).join(' ')}]`
  const words = refusalWords(text)
  expect(words).toContain(`${of(0)} ${of(1)}`)
  expect(words).toHaveLength(480)
  expect(words.endsWith('…')).toBe(true)
})

test('what a terminal would obey, and line breaks, are gone', () => {
  expect(refusalWords('a\n\u001b[31mb')).not.toContain('\u001b')
})
