import {expect, test} from 'vitest'
import {named, web, whatIf, whatIfUnseen} from './asking.ts'

const SET = named('statefulSets', 'web')
const DELETE = {action: 'delete', isOrphaning: false, neverReady: []} as const

test('claims that were not seen are not said to stay', () => {
  const {persistentVolumeClaims: _, ...facts} = web(3)
  expect(whatIf(web(3), DELETE, SET).end.message).toContain('its claims, and what they hold, stay')
  expect(whatIfUnseen(['persistentVolumeClaims'], facts, DELETE, SET).end.message).toContain(
    'its claims, which were not seen, stay unless they name the set as their owner',
  )
})

test('a set without Pods takes none with it', () => {
  expect(whatIf(web(0), DELETE, SET).end.message).toMatch(/^web goes, and has no Pods/)
})
