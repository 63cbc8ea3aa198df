import {expect, test} from 'vitest'
import type {Connection, Query} from '../../src/cluster/connection.ts'
import {ConnectionError, StatusError} from '../../src/cluster/errors.ts'
import {podLog} from '../../src/cluster/pod-log.ts'

const need = {namespace: 'shop', pod: 'web-0', container: 'main', previous: false}

/** A connection whose only answer is a text, or an error. */
function answering(answer: string | Error) {
  const asked: {path: string; query: Query | undefined}[] = []
  const text = async (path: string, query?: Query) => {
    asked.push({path, query})
    if (answer instanceof Error) throw answer
    return answer
  }
  return {connection: {text} as unknown as Connection, asked}
}

test('a log is asked for by its container, and never for more than a person reads', async () => {
  const {connection, asked} = answering('one\ntwo\n')
  expect(await podLog(connection, need)).toEqual({...need, lines: ['one', 'two']})
  expect(asked).toEqual([
    {
      path: '/api/v1/namespaces/shop/pods/web-0/log',
      query: {container: 'main', tailLines: 20, limitBytes: 16_384},
    },
  ])
})

test('of a container that has restarted it is the log of the run before', async () => {
  const {connection, asked} = answering('')
  expect(await podLog(connection, {...need, previous: true})).toMatchObject({previous: true, lines: []})
  expect(asked[0]?.query).toMatchObject({previous: 'true'})
})

test('a name is one segment of the path, whatever is in it', async () => {
  const {connection, asked} = answering('')
  await podLog(connection, {...need, pod: '../x?'})
  await podLog(connection, {...need, pod: 'x? y'})
  expect(asked[0]?.path).toBe('/api/v1/namespaces/shop/pods/x%3F%20y/log')
})

test.for([
  ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
  ['no line end', 'a', ['a']],
  ['an empty line', 'a\n\n', ['a', '']],
  ['more lines than were asked for', Array.from({length: 30}, (_, index) => index).join('\n'), 20],
] as const)('lines are lines: %s', async ([, text, expected]) => {
  const log = await podLog(answering(text).connection, need)
  const lines = 'lines' in log ? log.lines : []
  if (typeof expected === 'number') expect(lines).toHaveLength(expected)
  else expect(lines).toEqual(expected)
})

test.for([
  [
    new StatusError('', 403, 'Forbidden', 'pods "web-0" is forbidden'),
    'Forbidden',
    'pods "web-0" is forbidden',
  ],
  [
    new StatusError('', 400, 'BadRequest', 'container is waiting to start'),
    'BadRequest',
    'container is waiting to start',
  ],
  [new ConnectionError('no answer', 'Timeout'), 'Timeout', 'no answer'],
] as const)('a log that can not be had is an omission: %s', async ([error, reason, message]) => {
  expect(await podLog(answering(error).connection, need)).toEqual({resource: 'pods/log', reason, message})
})

test('whoever is not signed in is told so', async () => {
  const error = new StatusError('log in', 401, 'Unauthorized', '')
  await expect(podLog(answering(error).connection, need)).rejects.toThrow(error)
})

test('a kubelet that does not answer is not waited for', async () => {
  const {connection} = answering(new Error('interrupted'))
  expect(await podLog(connection, need, AbortSignal.abort())).toEqual({
    resource: 'pods/log',
    reason: 'Timeout',
    message: 'no answer in 5s',
  })
})
