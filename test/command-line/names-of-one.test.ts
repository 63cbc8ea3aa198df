import {expect, test} from 'vitest'
import {parseNames} from '../../src/command-line/names.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'
import {whyKinds} from '../../src/reports/why/subject.ts'

const naming = {kinds: whyKinds, isOne: true} as const

function read(line: string) {
  return parseNames(line === '' ? [] : line.split(' '), naming).names
}

const spellings = {
  statefulSets: ['sts', 'StatefulSet', 'statefulsets.v1.apps'],
  daemonSets: ['ds', 'daemonset', 'daemonsets.apps'],
  pods: ['po', 'pod', 'pods', 'Pod', 'pods.', 'pods.v1.'],
  persistentVolumeClaims: ['pvc', 'persistentvolumeclaim', 'persistentvolumeclaims', 'PVC', 'pvc.v1.'],
  nodes: ['no', 'node', 'nodes', 'Node', 'nodes.v1.'],
}

test.for(Object.entries(spellings).flatMap(([kind, words]) => words.map((word) => [word, kind] as const)))(
  '%s is a spelling of %s',
  ([word, resource]) => {
    expect(read(`${word}/x`)).toEqual([{resource, name: 'x'}])
    expect(read(`${word} x`)).toEqual([{resource, name: 'x'}])
  },
)

test.for([
  ['', 'what is it about? say TYPE/NAME, such as sts/web or pod/web-0'],
  ['web', 'what is "web"? say TYPE/NAME, such as sts/web or pod/web-0'],
  ['pod', 'resource(s) were provided, but no name was specified'],
  ['sts', 'resource(s) were provided, but no name was specified'],
  ['pod/a pod/b', 'this command is about one thing: say TYPE/NAME, such as sts/web or pod/web-0'],
  ['pod a b', 'this command is about one thing: say TYPE/NAME, such as sts/web or pod/web-0'],
  [
    'pod pod/a',
    'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form',
  ],
  [
    'pods.apps/a',
    'the server doesn\'t have a resource type "pods.apps" that this command answers for (it does for statefulsets, daemonsets, pods, persistentvolumeclaims, nodes)',
  ],
  [
    'pv/a',
    'the server doesn\'t have a resource type "pv" that this command answers for (it does for statefulsets, daemonsets, pods, persistentvolumeclaims, nodes)',
  ],
])('%s is refused: %s', ([line = '', message]) => {
  expect(() => read(line)).toThrow(new UsageError(message ?? ''))
})

test('the same thing said twice is one thing', () => {
  expect(read('pod/a pods/a')).toEqual([{resource: 'pods', name: 'a'}])
})
