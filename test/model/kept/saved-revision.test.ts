import {expect, test} from 'vitest'
import {
  controllerRevision,
  controllerRevisionWithTemplate,
  savedRevision,
} from '../../../src/model/kept/index.ts'

const container = {
  name: 'app',
  image: 'db:1',
  env: [{name: 'PASSWORD', value: 'kanarie'}],
  command: ['kanarie'],
  args: ['kanarie'],
  lifecycle: {preStop: {exec: {command: ['kanarie']}}},
  livenessProbe: {periodSeconds: 5, httpGet: {path: '/kanarie', port: 80}},
}
const template = {
  metadata: {labels: {app: 'db'}, annotations: {token: 'kanarie'}},
  spec: {
    containers: [container],
    volumes: [{name: 'v', csi: {driver: 'd', volumeAttributes: {key: 'kanarie'}}}],
  },
}
const revision = {
  metadata: {name: 'db-1', annotations: {token: 'kanarie'}},
  data: {spec: {template: {...template, $patch: 'replace'}}},
  revision: 1,
} as never

test('without being asked for a revision keeps a fingerprint, and nothing that its template holds', () => {
  const {data} = controllerRevision(revision)
  expect(Object.keys(data ?? {}).toSorted()).toEqual(['fingerprint', 'hasEmptyTimestamp'])
})

test('who asks gets the template as it is, without what only the patch needs', () => {
  expect(controllerRevisionWithTemplate(revision).data?.template).toEqual(template)
})

test('what is saved has no secrets, and the fields that are kept of a set’s own template', () => {
  const saved = savedRevision(revision)
  expect(JSON.stringify(saved)).not.toContain('kanarie')
  expect(saved.data).toMatchObject({
    fingerprint: controllerRevision(revision).data?.fingerprint,
    isInPart: true,
    template: {
      metadata: {labels: {app: 'db'}},
      spec: {
        containers: [{name: 'app', image: 'db:1', livenessProbe: {periodSeconds: 5}}],
        volumes: [{name: 'v'}],
      },
    },
  })
})

test('what was saved is read back as it is, and saved again changes nothing', () => {
  const saved = savedRevision(revision)
  expect(controllerRevisionWithTemplate(saved as never)).toEqual(saved)
  expect(savedRevision(saved as never)).toEqual(saved)
  expect(controllerRevision(saved as never).data).toEqual(controllerRevision(revision).data)
})

test('whatever somebody writes beside a fingerprint is not taken over', () => {
  const {fingerprint} = controllerRevision(revision).data ?? {}
  const forged = {
    metadata: {name: 'x'},
    revision: 1,
    data: {fingerprint, hasEmptyTimestamp: false, template, other: 'kanarie'},
  }
  for (const keep of [controllerRevision, controllerRevisionWithTemplate, savedRevision])
    expect(JSON.stringify(keep(forged as never))).not.toContain('kanarie')
})

test.for([[[]], ['text'], [{spec: 1}], [{spec: {template: null}}], [{spec: {template: []}}]] as const)(
  'data that hold no template (%j) have none',
  ([data]) => {
    const odd = {metadata: {name: 'x'}, revision: 1, data} as never
    expect(controllerRevisionWithTemplate(odd).data).not.toHaveProperty('template')
    expect(savedRevision(odd).data).not.toHaveProperty('template')
  },
)
