import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type SchedulerMessage, schedulerMessage} from '../../src/model/scheduler-message.ts'

function said(
  nodes: number | null,
  reasons: readonly (readonly [number | null, string])[],
  ...post: readonly string[]
): SchedulerMessage {
  return {nodes, reasons: reasons.map(([count, text]) => ({count, text})), post}
}

/** semantics.md 5.5, and texts as real schedulers wrote them (causes.md 9). */
const cases: readonly [string, string, SchedulerMessage][] = [
  [
    'M1: 1.20, whose taint text has a comma',
    "0/3 nodes are available: 1 node(s) had taint {a: }, that the pod didn't tolerate, 2 Insufficient cpu.",
    said(3, [
      [1, "node(s) had taint {a: }, that the pod didn't tolerate"],
      [2, 'Insufficient cpu'],
    ]),
  ],
  [
    'M2: a daemon Pod of today',
    "0/5 nodes are available: 1 Insufficient cpu, 4 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/5 nodes are available: 1 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling.",
    said(
      5,
      [
        [1, 'Insufficient cpu'],
        [4, "node(s) didn't satisfy plugin(s) [NodeAffinity]"],
      ],
      'preemption: 0/5 nodes are available: 1 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling.',
    ),
  ],
  [
    'M3: a reason of all nodes, and two dots',
    '0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod..',
    said(
      2,
      [[null, 'pod has unbound immediate PersistentVolumeClaims']],
      'preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod..',
    ),
  ],
  [
    'M4: more reasons than nodes',
    '0/12 nodes are available: 10 Insufficient memory, 2 Too many pods, 3 Insufficient cpu.',
    said(12, [
      [10, 'Insufficient memory'],
      [2, 'Too many pods'],
      [3, 'Insufficient cpu'],
    ]),
  ],
  [
    'M5: resource claims and preemption afterwards',
    '0/3 nodes are available: 3 node(s) had untolerated taint(s). no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    said(
      3,
      [[3, 'node(s) had untolerated taint(s)']],
      'no new claims to deallocate',
      'preemption: not eligible due to preemptionPolicy=Never.',
    ),
  ],
  [
    'a PreFilter text and counted ones (1.26, 1.27)',
    '0/3 nodes are available: persistentvolumeclaim "c" not found. 1 Insufficient cpu, 2 Too many pods. preemption: not eligible due to preemptionPolicy=Never..',
    said(
      3,
      [
        [null, 'persistentvolumeclaim "c" not found'],
        [1, 'Insufficient cpu'],
        [2, 'Too many pods'],
      ],
      'preemption: not eligible due to preemptionPolicy=Never..',
    ),
  ],
  [
    '1.36.2: several reasons and the whole tail',
    '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu. no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
    said(
      4,
      [
        [1, 'node(s) had untolerated taint(s)'],
        [3, 'Insufficient cpu'],
      ],
      'no new claims to deallocate',
      'preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
    ),
  ],
  [
    '1.36.2: a tail that means nothing to us',
    '0/4 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    said(4, [[null, 'pod has unbound immediate PersistentVolumeClaims']], 'not found'),
  ],
  [
    'a key with dots and slashes',
    '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
    said(1, [[1, 'node(s) had untolerated taint {node.kubernetes.io/not-ready: }']]),
  ],
  [
    'no node at all',
    'no nodes available to schedule pods',
    said(null, [[null, 'no nodes available to schedule pods']]),
  ],
  ['no reason at all', '0/0 nodes are available:.', said(0, [])],
  ['an event that was cut off', '0/2 nodes are available: 2 Insuff ...', said(2, [[2, 'Insuff']])],
  ['nothing', '', said(null, [])],
]

test.for(cases)('%s', ([, text, expected]) => {
  expect(schedulerMessage(text)).toEqual(expected)
})

test('what preemption says has the same grammar', () => {
  const [post = ''] = schedulerMessage(cases[1]?.[1] ?? '').post
  expect(schedulerMessage(post.replace('preemption: ', ''))).toEqual(
    said(5, [
      [1, 'No preemption victims found for incoming pod'],
      [4, 'Preemption is not helpful for scheduling'],
    ]),
  )
})

test('any text is read without a throw, and nothing of it is empty', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({unit: 'binary'}),
        fc.string().map((tail) => `0/7 nodes are available: ${tail}`),
      ),
      (text) => {
        const {reasons, post} = schedulerMessage(text)
        expect([...reasons.map((reason) => reason.text), ...post]).not.toContain('')
      },
    ),
  )
})

test('a text of nothing but dots, blanks and commas costs no time', () => {
  // if it cost the square of the length, this would take longer than any test may
  for (const junk of ['.', ' ', ',', '. ', ', 1'])
    schedulerMessage(`0/1 nodes are available: ${junk.repeat(262_144)}x`)
})

const reason = fc.record({
  count: fc.integer({min: 1, max: 5000}),
  text: fc.constantFrom(
    'Insufficient cpu',
    'Insufficient nvidia.com/gpu',
    'Too many pods',
    "node(s) had taint {dedicated: gpu.large}, that the pod didn't tolerate",
    'node(s) had untolerated taint {a: b}',
    "node(s) didn't satisfy plugin(s) [NodeAffinity VolumeBinding]",
    "node(s) didn't match pod topology spread constraints (missing required label)",
  ),
})

test('what the scheduler joined comes apart again', () => {
  fc.assert(
    fc.property(
      fc.nat(5000),
      fc.array(reason, {minLength: 1, maxLength: 6}),
      fc.constantFrom(
        '',
        '.',
        '. preemption: no candidate node for preemption',
        '. still not schedulable, preemption: x.',
      ),
      (nodes, reasons, tail) => {
        const list = reasons.map(({count, text}) => `${count} ${text}`).join(', ')
        const read = schedulerMessage(`0/${nodes} nodes are available: ${list}${tail}`)
        expect({nodes: read.nodes, reasons: read.reasons}).toEqual({nodes, reasons})
      },
    ),
  )
})
