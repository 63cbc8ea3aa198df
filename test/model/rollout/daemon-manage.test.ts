import {expect, test} from 'vitest'
import type {NextStep} from '../../../src/model/rollout/next-step.ts'
import {daemonSet, ON_DELETE, rollingUpdate} from '../../builders-daemon.ts'
import {created, type DaemonState, daemonNextOf, gone, outcome, SURGE} from './daemon-state.ts'

const TWO = daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})

type Case = readonly [string, DaemonState, Partial<NextStep>]

const plain: readonly Case[] = [
  ['a failed Pod goes', {nodes: 'UF U+'}, {actions: [gone('n1')]}],
  ['a Pod that succeeded is deleted', {nodes: 'US U+'}, {actions: [gone('n1')]}],
  ['… and is created again when it is gone', {nodes: '0 U+'}, {actions: [created('n1')]}],
  ['… even while its object stays', {nodes: 'UFT U+'}, {actions: [created('n1')]}],
  [
    'nothing is created beside a Pod that is terminating',
    {nodes: 'T'},
    {waitsFor: {reason: 'PodGone', message: '', nodeName: 'n1'}},
  ],
  ['of several the oldest stays', {nodes: 'O-U+U+'}, {actions: [gone('n1', 1), gone('n1', 2)]}],
  ['… which is one that is bound', {nodes: 'UWU-'}, {actions: [gone('n1', 0)]}],
  ['… and none that failed or leaves', {nodes: 'UFU+TU+'}, {actions: [gone('n1', 0)]}],
  ['NoExecute takes what is there', {nodes: 'eU+ eOF eT e0'}, {actions: [gone('n1'), gone('n2')]}],
  ['NoSchedule keeps what is there', {nodes: 'xU+ x0'}, {}],
  ['… unless it failed', {nodes: 'xUF'}, {actions: [gone('n1')]}],
  ['a Pod that was never bound goes with its node', {nodes: 'U+', gone: 'UW'}, {actions: [gone('gone1')]}],
  [
    '… even if it is terminating already, and nothing is updated',
    {nodes: 'O+ O+ U+', gone: 'UWT', set: TWO},
    {actions: [gone('gone1')]},
  ],
  ['a bound one is left to the collector', {nodes: 'U+', gone: 'U+'}, {}],
  ['no update comes before it', {nodes: 'O+ O- 0'}, {actions: [created('n3')]}],
  [
    'OnDelete does it as well',
    {nodes: 'O+ OF 0', set: daemonSet({strategy: ON_DELETE})},
    {actions: [gone('n2'), created('n3')]},
  ],
]

test.for(plain)('without surge: %s', ([, state, expected]) => {
  expect(outcome(daemonNextOf(state))).toEqual(outcome(expected))
})

const surging: readonly Case[] = [
  ['one is created beside one that is terminating', {nodes: 'T'}, {actions: [created('n1')]}],
  ['… and beside one that failed', {nodes: 'UF'}, {actions: [gone('n1'), created('n1')]}],
  ['… but not where none may be created', {nodes: 'xT xUF'}, {actions: [gone('n2')]}],
  [
    'an old and a new one stay',
    {nodes: 'O+U- O+'},
    {waitsFor: {reason: 'Budget', message: '', nodeName: 'n1'}},
  ],
  ['the old one goes when the new one is available', {nodes: 'O+U+'}, {actions: [gone('n1')]}],
  ['the old one goes when it is not ready', {nodes: 'O-U-'}, {actions: [gone('n1')]}],
  ['the oldest of each revision stays', {nodes: 'O+O+U-U-'}, {actions: [gone('n1', 1), gone('n1', 3)]}],
  ['of several new ones the oldest stays', {nodes: 'U-U+'}, {actions: [gone('n1', 1)]}],
  ['of three all but the new one go', {nodes: 'O-O+U-'}, {actions: [gone('n1', 0), gone('n1', 1)]}],
]

test.for(surging)('with surge: %s', ([, state, expected]) => {
  expect(outcome(daemonNextOf({...state, set: SURGE}))).toEqual(outcome(expected))
})

test('a new Pod that is ready too short a time leaves the old one', () => {
  const set = daemonSet({strategy: SURGE.spec?.updateStrategy ?? {}, spec: {minReadySeconds: 7200}})
  const {waitsFor} = daemonNextOf({nodes: 'U+', set})
  expect(waitsFor).toEqual({
    reason: 'PodAvailable',
    message: 'n1-0 on n1 to stay ready for minReadySeconds (7200s)',
    nodeName: 'n1',
    pod: 'n1-0',
    until: '2026-05-01T12:00:30Z',
  })
})

test('a set that is being deleted does nothing', () => {
  const set = daemonSet({
    metadata: {name: 'agent', namespace: 'shop', uid: 'uid-agent', deletionTimestamp: 'now'},
  })
  expect(daemonNextOf({nodes: '0 O- eU+', set})).toEqual({
    actions: [],
    choose: null,
    waitsFor: {reason: 'SetDeletion', message: 'the set itself to be gone'},
  })
})
