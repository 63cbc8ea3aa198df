import {expect, test} from 'vitest'
import {decodeProtobuf} from '../../../src/cluster/protobuf/answer.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {answerOf} from './kept-proto.ts'

const SERVER = new URL('https://cluster')

function podsOf(pods: readonly object[]): readonly Pod[] {
  const list = decodeProtobuf(answerOf('v1', 'PodList', {items: pods}, 'PodList'), SERVER)
  return [...(list as {items: Iterable<Pod>}).items]
}

const CONTAINER = {
  name: 'app',
  image: 'registry.example.test/app:1',
  ports: [{containerPort: 80}],
  resources: {},
}

function pod(name: string, container: object, seconds = 300) {
  const tolerations = [{key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: seconds}]
  return {
    metadata: {name, namespace: 'shop'},
    spec: {containers: [container], tolerations, nodeName: `node-of-${name}`},
    status: {},
  }
}

test('what is alike in several objects is made once, and what differs is not', () => {
  const given = [
    pod('a', CONTAINER),
    pod('b', {...CONTAINER, image: 'registry.example.test/app:2'}),
    pod('c', CONTAINER, 30),
  ]
  const [a, b, c] = podsOf(given)
  expect([a, b, c]).toStrictEqual(given)
  expect(a?.spec?.containers[0]).toBe(c?.spec?.containers[0])
  expect(a?.spec?.containers[0]).not.toBe(b?.spec?.containers[0])
  expect(a?.spec?.tolerations?.[0]).toBe(b?.spec?.tolerations?.[0])
  expect(a?.spec?.tolerations?.[0]).not.toBe(c?.spec?.tolerations?.[0])
})

test('what is not kept does not make a difference', () => {
  const withMount = (name: string) => ({...CONTAINER, terminationMessagePath: name})
  const [a, b] = podsOf([pod('a', withMount('/dev/one')), pod('b', withMount('/dev/another'))])
  expect(a?.spec?.containers[0]).toBe(b?.spec?.containers[0])
})

test('when a list is dropped its bytes are, and what was read of them stays', () => {
  const given = Array.from({length: 1000}, (_, index) =>
    pod(`pod-${index}`, {...CONTAINER, name: `app-${index}`}),
  )
  const bytes = answerOf('v1', 'PodList', {items: given}, 'PodList')
  const list = decodeProtobuf(bytes, SERVER) as {items: Iterable<Pod>; drop: () => void}
  const pods = [...list.items]
  list.drop()
  expect(bytes.byteLength).toBe(0)
  expect(pods).toStrictEqual(given)
})

test('what shares its memory with others is not taken from them', () => {
  const bytes = answerOf('v1', 'PodList', {items: [pod('a', CONTAINER)]}, 'PodList')
  const buffer = bytes.buffer as ArrayBuffer
  ;(decodeProtobuf(bytes, SERVER) as {drop: () => void}).drop()
  expect([bytes.byteLength > 0, buffer.detached]).toEqual([true, false])
})

test('a thousand kinds of containers, some of them long, stay apart', () => {
  const images = Array.from(
    {length: 1000},
    (_, index) => `registry.example.test/${'x'.repeat(index * 2)}:1.2.3`,
  )
  const given = [...images, ...images].map((image, index) => pod(`pod-${index}`, {...CONTAINER, image}))
  expect(podsOf(given)).toStrictEqual(given)
})
