import {describe, expect, test} from 'vitest'
import {daemons, nodeStep, ordinalStep, report, stalled, text} from './rollout-reports.ts'

describe('long queues', () => {
  const rowsOf = (lines: readonly string[]) =>
    lines.slice(1 + lines.findIndex((line) => / STATE /.test(line)))
  const crashing = {status: 'CrashLoopBackOff', containers: {ready: 0, total: 1}}

  test('200 ordinals are told in runs of what is alike, who is in the way by itself', () => {
    const steps = Array.from({length: 200}, (_, index) => {
      if (index === 50) return ordinalStep(149, 'blocking', crashing)
      return ordinalStep(199 - index, index < 50 ? 'updated' : 'waiting')
    })
    expect(rowsOf(text(report({...stalled, steps})))).toEqual([
      '1-50     199-150   50 Pods    db-7d4b    updated    1/1     Running            30m',
      '51       149       db-149     db-7d4b    blocking   0/1     CrashLoopBackOff   30m',
      '52-200   148-0     149 Pods   db-6c9f    waiting    1/1     Running            30m',
    ])
    expect(rowsOf(text(report({...stalled, steps}), {isWide: true}))).toHaveLength(200)
  })

  test('300 nodes are told in groups, of several the youngest time, and what differs is said to', () => {
    const steps = [
      nodeStep('n-bad', 'blocking', crashing),
      ...Array.from({length: 20}, (_, index) =>
        nodeStep(`n${index}`, 'updating', {
          status: index % 2 ? 'Pending' : 'ContainerCreating',
          since: `2026-05-01T11:59:${10 + index}Z`,
        }),
      ),
      ...Array.from({length: 279}, (_, index) => nodeStep(`m${index}`, 'waiting')),
    ]
    expect(rowsOf(text(report({...daemons, steps})))).toEqual([
      'n-bad       agent-n-bad   7d4b       blocking   0/1     CrashLoopBackOff   30m',
      '20 nodes    20 Pods       7d4b       updating   1/1     <various>          31s',
      '279 nodes   279 Pods      6c9f       waiting    1/1     Running            30m',
    ])
  })

  test('twenty are listed one by one', () => {
    const steps = Array.from({length: 20}, (_, index) => ordinalStep(19 - index, 'waiting'))
    expect(rowsOf(text(report({...stalled, steps})))).toHaveLength(20)
  })

  /** Sixty of which no two neighbours are alike. */
  const alternating = (blocker?: number) =>
    Array.from({length: 60}, (_, index) => {
      if (index === blocker) return ordinalStep(59 - index, 'blocking', crashing)
      return ordinalStep(59 - index, index % 2 ? 'updated' : 'updating')
    })
  /** Who, and in which state, of each row. */
  const told = (steps: ReturnType<typeof alternating>) =>
    rowsOf(text(report({...stalled, steps}))).map((row) => {
      const [, ordinals, ...cells] = row.split(/ {2,}/)
      return `${ordinals} ${cells.at(-4)}`
    })

  test('where states alternate the one in the way is in sight, with four on either side, and the rest is one row each', () => {
    expect(told(alternating(31))).toEqual([
      '59-33 <various>',
      '32 updated',
      '31 updating',
      '30 updated',
      '29 updating',
      '28 blocking',
      '27 updating',
      '26 updated',
      '25 updating',
      '24 updated',
      '23-0 <various>',
    ])
  })

  test.for<[string, number | undefined, string, number]>([
    ['the first one is in the way', 0, '59 blocking', 10],
    ['the last one is in the way', 59, '0 blocking', 6],
    ['none is in the way', undefined, '59 updating', 10],
  ])('where states alternate and %s, that fills no screen either', ([, blocker, expected, count]) => {
    const rows = told(alternating(blocker))
    expect([rows.includes(expected), rows.length]).toEqual([true, count])
  })
})
