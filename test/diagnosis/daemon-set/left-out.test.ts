import {expect, test} from 'vitest'
import {leftOut} from '../../../src/diagnosis/daemon-set/left-out.ts'
import {daemonSetSubject} from '../../../src/diagnosis/daemon-set/subject.ts'
import type {Node, Pod} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import {snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, tainted} from '../../builders-daemon.ts'

function notes(nodes: readonly Node[], pods: readonly Pod[] = [], set = daemonSet()) {
  return leftOut(daemonSetSubject(set, relate(snapshot({daemonSets: [set], nodes, pods}))))
}

const gpu = (name: string) => tainted(name, ['gpu=yes:NoSchedule'])

test('one note for each rule that leaves nodes out, with what these have', () => {
  const found = notes([tainted('n1'), gpu('n2'), gpu('n3'), tainted('n4', ['a:NoSchedule'])])
  expect(found.map(({id, severity, message}) => [id, severity, message])).toEqual([
    [
      'ds-excluded-taint',
      'info',
      'DaemonSet shop/agent is wanted on 1 of 4 nodes: n2, n3 are left out (untolerated taint gpu=yes:NoSchedule)',
    ],
    [
      'ds-excluded-taint',
      'info',
      'DaemonSet shop/agent is wanted on 1 of 4 nodes: n4 is left out (untolerated taint a:NoSchedule)',
    ],
  ])
})

test.for<[string, readonly Node[], readonly Pod[]]>([
  ['it is wanted on all', [tainted('n1'), tainted('n2')], []],
  ['it is wanted nowhere, which is said by itself', [gpu('n1')], []],
  [
    'it has a Pod where it is not wanted, which is said by itself',
    [tainted('n1'), gpu('n2')],
    [daemonPod('n2')],
  ],
])('no note where %s', ([, nodes, pods]) => {
  expect(notes(nodes, pods)).toEqual([])
})
