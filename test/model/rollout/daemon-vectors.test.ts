import {expect, test} from 'vitest'
import type {NextStep} from '../../../src/model/rollout/next-step.ts'
import {daemonSet, ON_DELETE, rollingUpdate} from '../../builders-daemon.ts'
import {created, type DaemonState, daemonNextOf, gone, outcome, pick, SURGE} from './daemon-state.ts'

const limited = (maxUnavailable: number | string, maxSurge: number | string = 0) =>
  daemonSet({strategy: rollingUpdate({maxUnavailable, maxSurge})})
const BUDGET_N1: Partial<NextStep> = {waitsFor: {reason: 'Budget', message: '', nodeName: 'n1'}}

/** The vectors of semantics.md 1.14. */
const cases: readonly [string, DaemonState, Partial<NextStep>][] = [
  ['B1: one of all, any', {nodes: 'O+ O+ O+ O+'}, {choose: pick('Delete', 1, 'n1', 'n2', 'n3', 'n4')}],
  [
    'B2: a percentage is rounded up',
    {nodes: 'O+ O+ O+ O+', set: limited('30%')},
    {choose: pick('Delete', 2, 'n1', 'n2', 'n3', 'n4')},
  ],
  ['B3: a new Pod that is not available uses the room up', {nodes: 'U- O+ O+ O+'}, BUDGET_N1],
  [
    'B4: old Pods that do not work go, and no other',
    {nodes: 'O- O- O+ O+'},
    {actions: [gone('n1'), gone('n2')]},
  ],
  [
    'B4: … and one more in 1.28.0',
    {nodes: 'O- O- O+ O+', version: {minor: 28, patch: 0}},
    {actions: [gone('n1'), gone('n2')], choose: pick('Delete', 1, 'n3', 'n4')},
  ],
  ['B5: a Pod that is terminating uses the room up', {nodes: 'T O+ O+'}, BUDGET_N1],
  [
    'B6: a missing Pod is created, and nothing else',
    {nodes: '0 O- O+', set: limited(2)},
    {actions: [created('n1')]},
  ],
  ['B6: one sync later', {nodes: 'U- O- O+', set: limited(2)}, {actions: [gone('n2')]}],
  ['B7: a Pod on a node that must not run one', {nodes: 'U+ U+ U+ xO+'}, {actions: [gone('n4')]}],
  ['B7: … is not created again', {nodes: 'U+ U+ U+ x0'}, {}],
  ['B8: surging creates one', {nodes: 'O+ O+ O+', set: SURGE}, {choose: pick('Create', 1, 'n1', 'n2', 'n3')}],
  ['B9: … and then waits', {nodes: 'O+U- O+ O+', set: SURGE}, BUDGET_N1],
  [
    'B10: … but creates one at once for those that do not work',
    {nodes: 'O- O- O+', set: SURGE},
    {actions: [created('n1'), created('n2'), created('n3')]},
  ],
  [
    'B11: a percentage of surge is rounded up',
    {nodes: 'O+ O+ O+', set: limited(0, '10%')},
    {choose: pick('Create', 1, 'n1', 'n2', 'n3')},
  ],
  [
    'B12: OnDelete does nothing',
    {nodes: 'O+ O+', set: daemonSet({strategy: ON_DELETE})},
    {waitsFor: {reason: 'OnDelete', message: ''}},
  ],
]

test.for(cases)('%s', ([, state, expected]) => {
  expect(outcome(daemonNextOf(state))).toEqual(outcome(expected))
})
