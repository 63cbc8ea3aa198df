import {expect, test} from 'vitest'
import {blame} from '../../src/diagnosis/blame.ts'
import type {Finding, Severity} from '../../src/diagnosis/finding.ts'
import type {CauseId} from '../../src/diagnosis/order.ts'
import {relate} from '../../src/model/relations.ts'
import {claim, pod, snapshot} from '../builders.ts'

function finding(id: CauseId, severity: Severity, kind: string, name: string): Finding {
  const object = {kind, ...(kind !== 'Node' && {namespace: 'shop'}), name}
  return {id, severity, message: id, object, evidence: [], selfHealing: 'no', remedy: null}
}

/** web-0 is in the way; it stands on its claim and its node. */
function told(findings: readonly Finding[]) {
  const relations = relate(snapshot({pods: [pod()], persistentVolumeClaims: [claim()]}))
  const subject = {kind: 'StatefulSet', namespace: 'shop', name: 'web'}
  const blockers = [{kind: 'Pod', namespace: 'shop', name: 'web-0'}]
  return blame(findings, {subject, blockers}, relations)
}

test.for<[string, readonly Finding[], readonly string[]]>([
  [
    'worst first',
    [finding('crash-loop', 'info', 'Node', 'node-a'), finding('create-rbac', 'error', 'StatefulSet', 'web')],
    ['create-rbac', 'crash-loop'],
  ],
  [
    'a claim explains its Pod, and its Pod the set',
    [
      finding('create-rbac', 'error', 'StatefulSet', 'web'),
      finding('crash-loop', 'error', 'Pod', 'web-0'),
      finding('pvc-lost', 'error', 'PersistentVolumeClaim', 'data-web-0'),
    ],
    ['pvc-lost', 'crash-loop', 'create-rbac'],
  ],
  [
    'a claim that only waits explains nothing',
    [
      finding('pvc-lost', 'info', 'PersistentVolumeClaim', 'data-web-0'),
      finding('crash-loop', 'error', 'Pod', 'web-0'),
    ],
    ['crash-loop', 'pvc-lost'],
  ],
  [
    'what is on the chain comes before what is not',
    [finding('node-shutdown', 'error', 'Node', 'm'), finding('crash-loop', 'error', 'Pod', 'web-0')],
    ['crash-loop', 'node-shutdown'],
  ],
  [
    'the same about the same is said once',
    [
      finding('crash-loop', 'error', 'Pod', 'web-0'),
      finding('crash-loop', 'error', 'Pod', 'web-0'),
      finding('crash-loop', 'error', 'Pod', 'web-1'),
    ],
    ['crash-loop', 'crash-loop'],
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
      finding('pvc-class-missing', 'error', 'PersistentVolumeClaim', 'data-web-0'),
    ],
    ['pvc-class-missing'],
  ],
  [
    'the same cause is told of what the Pod stands on, not of the Pod again',
    [
      finding('crash-loop', 'error', 'PersistentVolumeClaim', 'data-web-0'),
      finding('crash-loop', 'info', 'Pod', 'web-0'),
    ],
    ['crash-loop'],
  ],
  [
    'but where nothing as bad does it is said, then what settles there, then trouble elsewhere',
    [
      finding('sts-blocked-by-unready-at-target', 'error', 'Pod', 'web-0'),
      finding('image-slow-pull', 'info', 'Pod', 'web-0'),
      finding('pvc-class-missing', 'error', 'PersistentVolumeClaim', 'not-of-the-chain'),
    ],
    ['sts-blocked-by-unready-at-target', 'pvc-class-missing', 'image-slow-pull'],
  ],
])('%s', ([, findings, expected]) => {
  expect(told(findings).map(({id}) => id)).toEqual(expected)
})

test('what explains an error is one, and of several the first', () => {
  const milder = (['sched-gated', 'sched-node-cordoned'] as const).map((id) =>
    finding(id, 'warning', 'Pod', 'web-0'),
  )
  const general = finding('sts-blocked-by-unready-at-target', 'error', 'Pod', 'web-0')
  const texts = (...findings: readonly Finding[]) =>
    told(findings).map(({id, severity}) => `${severity} ${id}`)
  expect(texts(general, ...milder)).toEqual(['error sched-gated', 'warning sched-node-cordoned'])
  expect(texts(...milder)).toEqual(['warning sched-gated', 'warning sched-node-cordoned'])
  expect(texts(general, ...milder, finding('crash-loop', 'error', 'Pod', 'web-0'))).toEqual([
    'error crash-loop',
    'warning sched-gated',
    'warning sched-node-cordoned',
  ])
})

/** Nobody is known to be in the way. */
function toldOfAll(findings: readonly Finding[]) {
  const relations = relate(snapshot({pods: [pod()], persistentVolumeClaims: [claim()]}))
  return blame(findings, {subject: {kind: 'Node', name: 'node-a'}, blockers: []}, relations)
}

test('what a claim says explains no Pod but those that mount it', () => {
  const findings = (name: string) => [
    finding('crash-loop', 'error', 'PersistentVolumeClaim', 'data-web-0'),
    finding('crash-loop', 'error', 'Pod', name),
    finding('sts-blocked-by-unready-at-target', 'error', 'Pod', name),
  ]
  const kinds = (name: string) => toldOfAll(findings(name)).map(({object}) => object.kind)
  expect(kinds('web-0')).toEqual(['PersistentVolumeClaim'])
  expect(kinds('web-1')).toEqual(['PersistentVolumeClaim', 'Pod'])
})

test('that a set is not well makes no error of what is wrong with it as well', () => {
  const findings = [
    finding('ds-new-pod-unavailable', 'error', 'DaemonSet', 'agent'),
    finding('sts-selector-overlap', 'warning', 'DaemonSet', 'agent'),
  ]
  const severities = toldOfAll(findings).map(({id, severity}) => `${severity} ${id}`)
  expect(severities).toContain('warning sts-selector-overlap')
})
