import {expect, test} from 'vitest'
import {statefulSet} from '../../builders.ts'
import type {Facts} from '../subjects.ts'
import {actText, commandsOf, diagnosed} from './diagnosed.ts'
import {namespaceOf, unready, waiting} from './parts.ts'

const OLD = {labels: {'controller-revision-hash': 'web-old'}}
const SEEN = {observedGeneration: 2, updateRevision: 'web-new', currentRevision: 'web-first'}

/** `web-0` can't pull its image `web:1`, which is of an older revision; the template names this image by now. */
function named(image: string, {metadata = OLD, status = {}, spec = {}, container = 'web'} = {}): Facts {
  const set = statefulSet({
    name: 'web',
    namespace: namespaceOf('web'),
    metadata: {generation: 2},
    spec: {template: {metadata: {}, spec: {containers: [{name: container, image}]}}, ...spec},
  })
  const stuck = waiting('web', 'ImagePullBackOff', 'Back-off pulling image "web:1": ErrImagePull: not found')
  const pod = unready('web', stuck)
  return {
    statefulSets: [{...set, status: {replicas: 1, ...SEEN, ...status}}],
    pods: [
      {
        ...pod,
        metadata: {...pod.metadata, ...metadata, labels: {...pod.metadata?.labels, ...metadata.labels}},
      },
    ],
  }
}

test.for<[string, Facts]>([
  ['another tag', named('web:2')],
  ['another image', named('registry.example/other:1')],
  [
    'a partition that leaves this ordinal out',
    named('web:2', {spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}}}}),
  ],
  ['a set that somebody replaces by hand', named('web:2', {spec: {updateStrategy: {type: 'OnDelete'}}})],
])('a template that names %s by now: there is nothing to correct', ([, facts]) => {
  expect(actText(diagnosed(facts))).toMatch(
    /^the template names image \S+ by now, and this Pod is of an older revision: delete the Pod, /,
  )
  expect(commandsOf(diagnosed(facts)).at(-1)).toBe('kubectl delete pod -n ns-web web-0')
})

test('where the controller replaces it by itself nobody has to', () => {
  const finding = diagnosed(named('web:2', {spec: {podManagementPolicy: 'Parallel'}}))
  expect(actText(finding)).toMatch(/ wait until its controller replaces it$/)
  expect(finding?.remedy).toMatchObject({risk: '', rung: 0})
})

test.for<[string, Facts]>([
  [
    'the Pod is of that revision',
    named('web:2', {metadata: {labels: {'controller-revision-hash': 'web-new'}}}),
  ],
  ['it is the same image', named('web:1')],
  ['admission put a mirror before it', named('docker.io/library/web:1')],
  ['only a digest was added', named('web:1@sha256:0123')],
  ['the controller has not looked yet', named('web:2', {status: {observedGeneration: 1}})],
  [
    'a partition keeps the ordinal at the old one',
    named('web:2', {spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 1}}}}),
  ],
  ['that is another container', named('web:2', {container: 'other'})],
  ['the set was not read', {...named('web:2'), statefulSets: []}],
])('the name is to be corrected where %s', ([, facts]) => {
  expect(actText(diagnosed(facts))).toContain('correct the name or the tag')
})
