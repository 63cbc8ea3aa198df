import {expect, test} from 'vitest'
import type {Observed} from '../../../src/model/snapshot.ts'
import {textLines} from '../../../src/render/text.ts'
import {whyView} from '../../../src/render/views/why.ts'
import {whyQuestion, whyWithLogsQuestion} from '../../../src/reports/why/question.ts'
import type {WhyKind} from '../../../src/reports/why/subject.ts'
import {attachment, containerStatus, event, healthy, node, pod, snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, revision} from '../../builders-daemon.ts'

const EVIL = '\u001b[31m\r\u009b\u202e\u200b\n\u0007'
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
const damages: readonly ((value: unknown) => unknown)[] = [
  () => undefined,
  () => null,
  (value) => (typeof value === 'string' ? value + EVIL : undefined),
]

const crashed = {exitCode: 1, reason: 'Error', message: 'm', finishedAt: '2026-05-01T11:00:00Z'}
const cluster: Partial<Observed> = {
  ...healthy(),
  pods: [
    pod({
      metadata: {...pod().metadata, deletionTimestamp: '2026-05-01T11:59:00Z', finalizers: ['f']},
      status: {
        containerStatuses: [
          containerStatus({
            restartCount: 2,
            state: {waiting: {reason: 'CrashLoopBackOff', message: 'm'}},
            lastState: {terminated: crashed} as never,
          }),
        ],
      },
    }),
    daemonPod('node-a'),
  ],
  daemonSets: [daemonSet()],
  nodes: [node(), node({name: 'node-b'})],
  volumeAttachments: [attachment()],
  controllerRevisions: [revision('new', 2)],
  events: [
    event('Provisioning', 'x'),
    event('BackOff', 'x', {
      involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'u'},
      series: {count: 2, lastObservedTime: '2026-05-01T11:00:00Z' as never},
    }),
  ],
}

/** Every place in a value, as the keys that lead there. */
function placesOf(value: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place]
  return [place, ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...place, key]))]
}

function damaged(
  value: unknown,
  [key, ...rest]: readonly string[],
  damage: (typeof damages)[number],
): unknown {
  if (key === undefined) return damage(value)
  if (typeof value !== 'object' || value === null) return value
  const child = damaged((value as Record<string, unknown>)[key], rest, damage)
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? child : each))
  const {[key]: _, ...others} = value as Record<string, unknown>
  return child === undefined ? others : {...others, [key]: child}
}

/** A null selector is too strange for the rules about DaemonSets (daemon-set/parts.ts); no API server stores one. */
const TOO_STRANGE = 'daemonSets.0.spec.selector'

const places = placesOf(cluster)
  .filter((place) => place.length > 2 && !/^\d+$/.test(place.at(-1) ?? ''))
  .filter((place) => place.join('.') !== TOO_STRANGE)
const subjects: readonly [WhyKind, string][] = [
  ['statefulSets', 'web'],
  ['daemonSets', 'agent'],
  ['pods', 'web-0'],
  ['pods', 'agent-node-a'],
  ['persistentVolumeClaims', 'data-web-0'],
  ['nodes', 'node-a'],
]

test.for(subjects)('every single field may be missing, null or hostile: %s %s', ([resource, name]) => {
  const scope = {namespace: 'shop', names: [{resource, name}]}
  const options = {isColored: false, isWide: true, hasHeaders: true, hasNamespaces: false}
  const failures: unknown[] = []
  for (const place of places) {
    for (const damage of damages) {
      const known = snapshot(damaged(cluster, place, damage) as Partial<Observed>)
      try {
        whyWithLogsQuestion.logs?.(known, scope)
        whyQuestion.more(known, scope)
        const report = whyQuestion.build(known, scope)
        expect(
          [...textLines(whyView(report, options), options)].filter((line) => CONTROLS.test(line)),
        ).toEqual([])
        expect(JSON.stringify(report)).not.toMatch(/undefined|\[object|NaN/)
      } catch (error) {
        failures.push([
          place.join('.'),
          (error as Error).message,
          String((error as Error).stack).split('\n')[1],
        ])
      }
    }
  }
  expect(failures).toEqual([])
})
