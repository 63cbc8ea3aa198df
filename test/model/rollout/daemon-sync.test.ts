import {expect, test} from 'vitest'
import {daemonSet, rollingUpdate} from '../../builders-daemon.ts'
import {created, daemonNextOf, gone, outcome, pick} from './daemon-state.ts'

const words = (count: number, word: string) => Array.from({length: count}, () => word).join(' ')
const names = (from: number, to: number) =>
  Array.from({length: to - from + 1}, (_, index) => `n${from + index}`)
const limited = (maxUnavailable: number, maxSurge = 0) =>
  daemonSet({strategy: rollingUpdate({maxUnavailable, maxSurge})})

test('no sync creates more than 250 Pods: which, is left to chance', () => {
  expect(outcome(daemonNextOf({nodes: words(251, '0')}))).toEqual(
    outcome({choose: pick('Create', 250, ...names(1, 251))}),
  )
})

test('250 Pods are certain', () => {
  const {actions, choose} = daemonNextOf({nodes: words(250, '0')})
  expect([actions.length, choose]).toEqual([250, null])
})

test('no sync deletes more than 250 Pods', () => {
  expect(outcome(daemonNextOf({nodes: words(300, 'eU+')}))).toEqual(
    outcome({choose: pick('Delete', 250, ...names(1, 300))}),
  )
})

test('creating and deleting have a limit each', () => {
  const {actions, choose, chooseAlso} = daemonNextOf({nodes: `${words(260, '0')} ${words(240, 'eU+')}`})
  expect({deleted: actions.length, choose, chooseAlso}).toEqual({
    deleted: 240,
    choose: pick('Create', 250, ...names(1, 260)),
    chooseAlso: undefined,
  })
})

test('both limits may be reached', () => {
  const {chooseAlso, ...step} = daemonNextOf({nodes: `${words(260, '0')} ${words(251, 'eU+')}`})
  expect({...step, chooseAlso}).toEqual({
    actions: [],
    choose: pick('Create', 250, ...names(1, 260)),
    chooseAlso: pick('Delete', 250, ...names(261, 511)),
    waitsFor: null,
  })
})

test('a pick of more than 250 is one of 250', () => {
  expect(outcome(daemonNextOf({nodes: words(400, 'O+'), set: limited(300)}))).toEqual(
    outcome({choose: pick('Delete', 250, ...names(1, 400))}),
  )
})

test('what is certain leaves less to be picked', () => {
  const nodes = `${words(2, 'O-')} ${words(398, 'O+')}`
  expect(outcome(daemonNextOf({nodes, set: limited(300)}))).toEqual(
    outcome({actions: [gone('n1'), gone('n2')], choose: pick('Delete', 248, ...names(3, 400))}),
  )
})

test('what does not work goes first, even where room for all is left', () => {
  const nodes = `${words(2, 'O-')} ${words(298, 'O+')}`
  expect(outcome(daemonNextOf({nodes, set: limited(300)}))).toEqual(
    outcome({actions: [gone('n1'), gone('n2')], choose: pick('Delete', 248, ...names(3, 300))}),
  )
})

test('what does not work is surged past first', () => {
  const nodes = `${words(2, 'O-')} ${words(298, 'O+')}`
  expect(outcome(daemonNextOf({nodes, set: limited(0, 300)}))).toEqual(
    outcome({actions: [created('n1'), created('n2')], choose: pick('Create', 248, ...names(3, 300))}),
  )
})
