import {expect, test} from 'vitest'
import type {Finding, Severity} from '../../src/diagnosis/finding.ts'
import {causeFirst, marked} from '../../src/reports/why-findings.ts'
import type {ChainLink} from '../../src/reports/why-report.ts'

function finding(id: string, severity: Severity, kind: string, name: string): Finding {
  const object = {kind, ...(kind !== 'Node' && {namespace: 'shop'}), name}
  return {id, severity, message: id, object, evidence: [], selfHealing: 'no', remedy: null}
}

function link(kind: string, name: string, state: ChainLink['state'] = 'ok'): ChainLink {
  return {kind, ...(kind !== 'Node' && {namespace: 'shop'}), name, state, text: ''}
}

const chain = [
  link('StatefulSet', 'web'),
  link('Pod', 'web-0'),
  link('PersistentVolumeClaim', 'data'),
  link('Node', 'n'),
]

test.for<[string, readonly Finding[], readonly string[]]>([
  [
    'worst first',
    [finding('a', 'info', 'Node', 'n'), finding('b', 'error', 'StatefulSet', 'web')],
    ['b', 'a'],
  ],
  [
    'a claim explains its Pod, and its Pod the set',
    [
      finding('set', 'error', 'StatefulSet', 'web'),
      finding('pod', 'error', 'Pod', 'web-0'),
      finding('claim', 'error', 'PersistentVolumeClaim', 'data'),
    ],
    ['claim', 'pod', 'set'],
  ],
  [
    'a claim that only waits explains nothing',
    [finding('claim', 'info', 'PersistentVolumeClaim', 'data'), finding('pod', 'error', 'Pod', 'web-0')],
    ['pod', 'claim'],
  ],
  [
    'what is on the chain comes before what is not',
    [finding('other', 'error', 'Node', 'm'), finding('pod', 'error', 'Pod', 'web-0')],
    ['pod', 'other'],
  ],
  [
    'the same about the same is said once',
    [
      finding('a', 'error', 'Pod', 'web-0'),
      finding('a', 'error', 'Pod', 'web-0'),
      finding('a', 'error', 'Pod', 'web-1'),
    ],
    ['a', 'a'],
  ],
  [
    'the trap stands before what is wrong inside of the Pod',
    [
      finding('crash-loop', 'error', 'Pod', 'web-0'),
      finding('sts-ordered-revision-deadlock', 'error', 'Pod', 'web-0'),
    ],
    ['sts-ordered-revision-deadlock', 'crash-loop'],
  ],
  [
    'that a Pod is not ready needs no words where something says why',
    [
      finding('sts-blocked-by-unready-at-target', 'error', 'Pod', 'web-0'),
      finding('crash-loop', 'error', 'Pod', 'web-0'),
    ],
    ['crash-loop'],
  ],
  [
    'nor where its claim says why',
    [
      finding('sts-blocked-by-unready-at-target', 'warning', 'Pod', 'web-0'),
      finding('pvc-class-missing', 'error', 'PersistentVolumeClaim', 'data'),
    ],
    ['pvc-class-missing'],
  ],
  [
    'the same cause is told of what the Pod stands on, not of the Pod again',
    [finding('a', 'error', 'PersistentVolumeClaim', 'data'), finding('a', 'info', 'Pod', 'web-0')],
    ['a'],
  ],
  [
    'but where nothing as bad does it is said',
    [
      finding('sts-blocked-by-unready-at-target', 'error', 'Pod', 'web-0'),
      finding('image-pulling', 'info', 'Pod', 'web-0'),
      finding('pvc-class-missing', 'error', 'PersistentVolumeClaim', 'not-of-the-chain'),
    ],
    ['sts-blocked-by-unready-at-target', 'pvc-class-missing', 'image-pulling'],
  ],
])('%s', ([, findings, expected]) => {
  expect(causeFirst(findings, chain).map(({id}) => id)).toEqual(expected)
})

test('whoever an error is about is broken, unless it is not there at all', () => {
  const findings = [
    finding('a', 'error', 'Pod', 'web-0'),
    finding('b', 'warning', 'Node', 'n'),
    finding('c', 'error', 'PersistentVolumeClaim', 'data'),
  ]
  const links = [link('Pod', 'web-0'), link('Node', 'n'), link('PersistentVolumeClaim', 'data', 'missing')]
  expect(marked(links, findings).map(({state}) => state)).toEqual(['broken', 'ok', 'missing'])
})

test('what explains an error is one, and of several the first', () => {
  const milder = ['gate', 'cordon'].map((id) => finding(id, 'warning', 'Pod', 'web-0'))
  const general = finding('sts-blocked-by-unready-at-target', 'error', 'Pod', 'web-0')
  const told = (...findings: readonly Finding[]) =>
    causeFirst(findings, chain).map(({id, severity}) => `${severity} ${id}`)
  expect(told(general, ...milder)).toEqual(['error gate', 'warning cordon'])
  expect(told(...milder)).toEqual(['warning gate', 'warning cordon'])
  expect(told(general, ...milder, finding('crash', 'error', 'Pod', 'web-0'))).toEqual([
    'error crash',
    'warning gate',
    'warning cordon',
  ])
})
