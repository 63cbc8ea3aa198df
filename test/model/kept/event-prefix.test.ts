import {expect, test} from 'vitest'
import {event} from '../../../src/model/kept/index.ts'

const said = (message: string | undefined) =>
  event({metadata: {}, involvedObject: {}, ...(message !== undefined && {message})}).message

test('what the recorder puts before messages that differ is taken off', () => {
  expect(said('(combined from similar events): Readiness probe failed: no')).toBe(
    'Readiness probe failed: no',
  )
})

test.for(['Readiness probe failed: (combined from similar events): no', '', undefined])(
  '%s stays as it is',
  (text) => {
    expect(said(text)).toBe(text)
  },
)
