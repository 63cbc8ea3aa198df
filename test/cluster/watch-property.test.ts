import fc from 'fast-check'
import {expect, test} from 'vitest'
import {collect, projected} from '../../src/cluster/collect.ts'
import type {Need} from '../../src/model/scope.ts'
import {eventually, follower, podsNeed} from './watch-follower.ts'
import {begin, type Fault, line, refuse, status, type WatchServer, watchServer} from './watch-server.ts'

type Step = readonly [string, (server: WatchServer) => unknown]

const name = fc.constantFrom('a', 'b', 'c', 'd')
const kind = fc.constantFrom('pods', 'services')
const verb = fc.constantFrom('list' as const, 'watch' as const)

const fault = fc.constantFrom<readonly [string, Fault]>(
  ['410', refuse(410, 'Expired')],
  ['429', refuse(429, 'TooManyRequests')],
  ['500', refuse(500, 'InternalError')],
  ['reset', ({request}) => void request.socket.destroy()],
  ['half a line', (asked) => void begin(asked).write('{"type":', () => asked.request.socket.destroy())],
  ['ended', (asked) => void begin(asked).end()],
  [
    'too large',
    (asked) =>
      void begin(asked).end(
        line({type: 'ERROR', object: status(504, 'Timeout', 'Too large resource version')}),
      ),
  ],
)

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(kind, name, fc.nat(9))
      .map(
        ([resource, which, value]): Step => [
          `put ${resource} ${which} ${value}`,
          (server) => server.put(resource, which, {labels: {value: String(value)}}),
        ],
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(kind, name)
      .map(
        ([resource, which]): Step => [
          `remove ${resource} ${which}`,
          (server) => server.remove(resource, which),
        ],
      ),
  },
  fc.constant<Step>(['bookmark', (server) => server.bookmark()]),
  fc.constant<Step>(['reset', (server) => server.reset()]),
  fc.constant<Step>(['compact', (server) => server.compact()]),
  fc.constant<Step>(['end', (server) => server.end()]),
  fc
    .tuple(verb, fault)
    .map(([which, [text, broken]]): Step => [`${which} ${text}`, (server) => server.fail(which, broken)]),
  fc.constant<Step>(['pause', () => new Promise((resolve) => setTimeout(resolve, 3))]),
)

const needs: readonly Need[] = [podsNeed, {resource: 'services', namespace: 'shop'}]

test('whatever happens underway, in the end the snapshot is what the server has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, {maxLength: 25}), async (course) => {
      const server = await watchServer()
      server.put('pods', 'a')
      const follow = await follower(server, needs, {factor: 2000})
      await eventually(() => expect(server.open()).toHaveLength(2))
      for (const [, step] of course) await step(server)
      // Some faults show only when something is asked again.
      server.reset()
      await eventually(() => expect(server.open()).toHaveLength(2))
      server.heal()
      const reading = {connection: follow.connection, chunkSize: 0, keep: projected, onProgress: () => {}}
      const truth = await collect(reading, needs)
      await eventually(() =>
        expect({...follow.snapshots.at(-1), observedAt: ''}).toEqual({...truth, observedAt: ''}),
      )
      follow.stop()
      expect(await follow.end).toBeUndefined()
      await follow.connection.close()
      await server.stop()
    }),
    {numRuns: 60},
  )
})
