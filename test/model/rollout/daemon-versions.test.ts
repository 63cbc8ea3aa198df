import {expect, test} from 'vitest'
import type {NextStep} from '../../../src/model/rollout/next-step.ts'
import {serverVersionOf} from '../../../src/model/server-version.ts'
import {created, daemonNextOf, gone, outcome, pick, SURGE} from './daemon-state.ts'

const BOTH: Partial<NextStep> = {actions: [gone('n1'), gone('n2')]}
const ONE_MORE: Partial<NextStep> = {...BOTH, choose: pick('Delete', 1, 'n3', 'n4')}

/** kubernetes#123233 and where it was picked to. */
const counting: readonly [string, Partial<NextStep>][] = [
  ['v1.28.14', ONE_MORE],
  ['v1.28.15', BOTH],
  ['v1.29.9', ONE_MORE],
  ['v1.29.10', BOTH],
  ['v1.30.5', ONE_MORE],
  ['v1.30.6', BOTH],
  ['v1.31.0', BOTH],
  ['', BOTH],
]

test.for(counting)('whether %s counts old Pods that do not work', ([text, expected]) => {
  const version = serverVersionOf({server: {version: text}})
  expect(outcome(daemonNextOf({nodes: 'O- O- O+ O+', ...(version && {version})}))).toEqual(outcome(expected))
})

/** kubernetes#119317 and where it was picked to. */
const wanting: readonly [string, string, string, Partial<NextStep>][] = [
  ['v1.27.6 creates one', 'U+ xO-', '', {actions: [created('n2')]}],
  ['v1.27.7 creates none', 'U+ xO-', '', {actions: [gone('n2')]}],
  ['v1.28.2 creates one', 'U+ xO-', '', {actions: [created('n2')]}],
  ['v1.28.3 creates none', 'U+ xO-', '', {actions: [gone('n2')]}],
  ['v1.28.2 creates one even for a node that is gone', 'U+', 'O-', {actions: [created('gone1')]}],
  [
    'v1.28.3 fails there',
    'U+',
    'O-',
    {waitsFor: {reason: 'NodeGone', message: '', nodeName: 'gone1', pod: 'gone1-0'}},
  ],
]

test.for(wanting)(
  'surging past an old Pod on a node that is not wanted: %s',
  ([text, nodes, strays, expected]) => {
    const version = serverVersionOf({server: {version: text}})
    const step = daemonNextOf({nodes, gone: strays, set: SURGE, ...(version && {version})})
    expect(outcome(step)).toEqual(outcome(expected))
  },
)

const READY_FIRST: Partial<NextStep> = {
  waitsFor: {reason: 'PodReady', message: '', nodeName: 'n1', pod: 'n1-0'},
}

/** kubernetes#117073 and where it was picked to. */
test.for<[string, Partial<NextStep>]>([
  ['v1.25.16', READY_FIRST],
  ['v1.26.4', READY_FIRST],
  ['v1.26.5', {actions: [gone('n1')]}],
  ['v1.27.0', {actions: [gone('n1')]}],
  ['', {actions: [gone('n1')]}],
])('whether %s replaces a Pod that has succeeded', ([text, expected]) => {
  const version = serverVersionOf({server: {version: text}})
  const state = {nodes: 'US U+', ...(version && {version})}
  expect(outcome(daemonNextOf(state))).toEqual(outcome(expected))
  expect(outcome(daemonNextOf({...state, nodes: 'UF U+'}))).toEqual(outcome({actions: [gone('n1')]}))
})
