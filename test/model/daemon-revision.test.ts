import {expect, test} from 'vitest'
import {currentHash, hashOfPods, isUpdated} from '../../src/model/daemon-revision.ts'
import type {ControllerRevision, DaemonSet, Pod} from '../../src/model/objects.ts'
import {daemonPod, daemonSet, NEW, OLD, REVISIONS, revision} from '../builders-daemon.ts'

const foreign = revision('theirs', 9, {
  name: 'other-theirs',
  ownerReferences: [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'other', uid: 'u', controller: true}],
})

test.for<[string, DaemonSet, readonly ControllerRevision[], string | undefined]>([
  ['the highest number is current', daemonSet(), REVISIONS, NEW],
  [
    'a rollback raises the number of the old revision',
    daemonSet(),
    [revision(OLD, 3), revision(NEW, 2)],
    OLD,
  ],
  ['the number counts as a number', daemonSet(), [revision('nine', 9), revision('ten', 10)], 'ten'],
  ['revisions of another set do not count', daemonSet(), [...REVISIONS, foreign], NEW],
  [
    'a revision without the label has its name for a hash',
    daemonSet(),
    [
      revision(NEW, 1, {
        ...foreign,
        name: 'agent-new',
        ownerReferences: REVISIONS[0]?.metadata?.ownerReferences ?? [],
        labels: {},
      }),
    ],
    'agent-new',
  ],
  ['no revision was seen', daemonSet(), [], undefined],
  ['the controller is behind', daemonSet({metadata: {generation: 3}}), REVISIONS, undefined],
  ['the controller never wrote', daemonSet({status: {observedGeneration: 0}}), REVISIONS, undefined],
])('%s', ([, of, revisions, expected]) => {
  expect(currentHash({...of, metadata: {...daemonSet().metadata, ...of.metadata}}, revisions)).toBe(expected)
})

function withLabels(labels: Record<string, string>): Pod {
  const made = daemonPod('n1')
  return {...made, metadata: {...made.metadata, labels}}
}

function annotated(generation: string): DaemonSet {
  return daemonSet({metadata: {annotations: {'deprecated.daemonset.template.generation': generation}}})
}

const GENERATION = 'pod-template-generation'

test.for<[string, DaemonSet, Pod, string | undefined, boolean | undefined]>([
  ['the hash is the current one', daemonSet(), daemonPod('n1'), NEW, true],
  ['the hash is another', daemonSet(), daemonPod('n1', {hash: OLD}), NEW, false],
  ['it has no hash', daemonSet(), withLabels({}), NEW, false],
  ['the current hash is not known', daemonSet(), daemonPod('n1'), undefined, undefined],
  ['its template generation is the current one', annotated('7'), withLabels({[GENERATION]: '7'}), NEW, true],
  [
    'the generation tells even without the hash',
    annotated('7'),
    withLabels({[GENERATION]: '7'}),
    undefined,
    true,
  ],
  ['its template generation is another', annotated('7'), withLabels({[GENERATION]: '6'}), NEW, false],
  [
    'the annotation is a number, however it is written',
    annotated('07'),
    withLabels({[GENERATION]: '7'}),
    NEW,
    true,
  ],
  [
    'the annotation is no number, whatever the label',
    annotated('x'),
    withLabels({[GENERATION]: 'x'}),
    NEW,
    false,
  ],
  [
    'a generation label without annotation says nothing',
    daemonSet(),
    withLabels({[GENERATION]: '7'}),
    NEW,
    false,
  ],
])('a Pod is updated or not: %s', ([, of, pod, hash, expected]) => {
  expect(isUpdated(of, pod, hash)).toBe(expected)
})

test('without revisions a Pod of the current template generation tells the hash, and nothing else does', () => {
  const current = withLabels({[GENERATION]: '7', 'controller-revision-hash': 'h7'})
  const old = withLabels({[GENERATION]: '6', 'controller-revision-hash': 'h6'})
  const set = (others: object) => ({...annotated('7'), ...others})
  expect(hashOfPods(set({}), [old, current])).toBe('h7')
  expect(hashOfPods(set({}), [old])).toBe(undefined)
  expect(hashOfPods(daemonSet(), [current])).toBe(undefined)
  expect(hashOfPods(set({status: {observedGeneration: -1}}), [current])).toBe(undefined)
})
