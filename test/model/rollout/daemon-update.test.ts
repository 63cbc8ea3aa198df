import {expect, test} from 'vitest'
import type {NextStep} from '../../../src/model/rollout/next-step.ts'
import {daemonSet, ON_DELETE, rollingUpdate} from '../../builders-daemon.ts'
import {created, type DaemonState, daemonNextOf, gone, outcome, pick, SURGE} from './daemon-state.ts'

type Case = readonly [string, DaemonState, Partial<NextStep>]

const TWO = daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})
const SURGE_TWO = daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 2})})
const budgetOf = (nodeName: string) => ({waitsFor: {reason: 'Budget', message: '', nodeName}}) as const

const plain: readonly Case[] = [
  ['a pick of all is certain', {nodes: 'O+ U+'}, {actions: [gone('n1')]}],
  ['what does not work goes beyond the room', {nodes: 'U- U- O- O+'}, {actions: [gone('n3')]}],
  ['a bound Pod of a gone node uses the room up', {nodes: 'O+ U+', gone: 'U-'}, budgetOf('gone1')],
  ['… and goes if it is old and does not work', {nodes: 'O+ U+', gone: 'O-'}, {actions: [gone('gone1')]}],
  ['… and may be picked', {nodes: 'O+ U+', gone: 'O+'}, {choose: pick('Delete', 1, 'n1', 'gone1')}],
  [
    'nodes that must not run one are picked alike',
    {nodes: 'O+ xO+'},
    {choose: pick('Delete', 1, 'n1', 'n2')},
  ],
  ['one of two is left', {nodes: 'U- O+ O+', set: TWO}, {choose: pick('Delete', 1, 'n2', 'n3')}],
]

test.for(plain)('without surge: %s', ([, state, expected]) => {
  expect(outcome(daemonNextOf(state))).toEqual(outcome(expected))
})

const surging: readonly Case[] = [
  [
    'an old Pod of a gone node stops everything',
    {nodes: 'O+ O-', gone: 'O+'},
    {waitsFor: {reason: 'NodeGone', message: '', nodeName: 'gone1', pod: 'gone1-0'}},
  ],
  ['a new one stops nothing', {nodes: 'O+', gone: 'U-'}, {actions: [created('n1')]}],
  ['old and new of a gone node: the old one goes', {nodes: 'U+', gone: 'O+U+'}, {actions: [gone('gone1')]}],
  ['an old Pod that is not wanted goes if it does not work', {nodes: 'U+ xO-'}, {actions: [gone('n2')]}],
  ['… else when enough others are available', {nodes: 'U+ xO+'}, {actions: [gone('n2')]}],
  ['… of which one may be too few', {nodes: 'U- U+ xO+ xO+'}, {choose: pick('Delete', 1, 'n3', 'n4')}],
  [
    '… and waits otherwise',
    {nodes: 'U- xO+'},
    {waitsFor: {reason: 'PodReady', message: '', nodeName: 'n1', pod: 'n1-0'}},
  ],
  [
    'some are created and others deleted',
    {nodes: 'O+ O+ U+ xO+ xO+ xU+'},
    {choose: pick('Create', 1, 'n1', 'n2'), actions: [gone('n4'), gone('n5')]},
  ],
  [
    'two picks at once',
    {nodes: 'O+ O+ U- xO+ xO+'},
    {choose: pick('Create', 1, 'n1', 'n2'), chooseAlso: pick('Delete', 1, 'n4', 'n5')},
  ],
]

test.for(surging)('with surge: %s', ([, state, expected]) => {
  expect(outcome(daemonNextOf({set: SURGE, ...state}))).toEqual(outcome(expected))
})

test('the last new Pods are waited for, not room that is there', () => {
  expect(daemonNextOf({nodes: 'O+U- U+ U+', set: SURGE_TWO}).waitsFor).toMatchObject({
    reason: 'PodReady',
    nodeName: 'n1',
    pod: 'n1-1',
  })
})

test.for([
  ['room', {nodes: 'U- U- O+'}, 'room: maxUnavailable 1 is used up by n1 and 1 more'],
  ['a person', {nodes: 'O+ U+', set: daemonSet({strategy: ON_DELETE})}, 'somebody to delete n1-0'],
  [
    'a person and several Pods',
    {nodes: 'O+ O+', set: daemonSet({strategy: ON_DELETE})},
    'somebody to delete 2 old Pods',
  ],
  ['a Pod', {nodes: 'U-'}, 'n1-0 on n1 to become ready'],
  ['a Pod that leaves', {nodes: 'T'}, 'the Pod on n1 to be gone'],
  [
    'a collector',
    {nodes: 'U+', gone: 'O+', set: SURGE},
    'Pod gone1-0 of node gone1, which no longer exists, to be collected',
  ],
] as const)('a set waits for %s', ([, state, message]) => {
  expect(daemonNextOf(state).waitsFor?.message).toBe(message)
})
