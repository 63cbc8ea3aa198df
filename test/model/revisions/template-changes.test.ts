import {expect, test} from 'vitest'
import {templateChanges} from '../../../src/model/revisions/template-changes.ts'

const template = (container: object, spec: object = {}, metadata: object = {}) => ({
  metadata: {labels: {app: 'db'}, ...metadata},
  spec: {containers: [{name: 'app', image: 'db:1', ...container}], ...spec},
})

/** Each change as `path: from → to`. */
const texts = (from: object, to: object, showsValues = false) =>
  templateChanges(from as never, to as never, showsValues).map(({path, change, hidden, ...values}) =>
    hidden ? `${path}: ${change}` : `${path}: ${change} ${values.from} → ${values.to}`,
  )

test('a field is named by the merge keys of the lists that it is in', () => {
  const [from, to] = [
    template({
      ports: [{containerPort: 80, protocol: 'TCP', name: 'http'}],
      resources: {limits: {memory: '1Gi'}},
    }),
    template({
      image: 'db:2',
      ports: [
        {containerPort: 53, protocol: 'UDP'},
        {containerPort: 80, protocol: 'TCP', name: 'web'},
      ],
    }),
  ]
  expect(texts(from, to)).toEqual([
    'containers[app].image: Changed db:1 → db:2',
    'containers[app].ports[53/UDP]: Added null → ',
    'containers[app].ports[80/TCP].name: Changed http → web',
    'containers[app].resources.limits.memory: Removed 1Gi → null',
  ])
})

test('a new container is told field by field, and moves no other one', () => {
  const to = template({})
  to.spec.containers.unshift({name: 'proxy', image: 'envoy:1'})
  expect(texts(template({}), to)).toEqual(['containers[proxy].image: Added null → envoy:1'])
})

test('volumes, tolerations, constraints and sources have names of their own', () => {
  const spread = {maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule'}
  const from = template({envFrom: [{secretRef: {name: 'a'}}]}, {volumes: [{name: 'tmp', emptyDir: {}}]})
  const to = template(
    {envFrom: [{prefix: 'X_', configMapRef: {name: 'b'}}]},
    {
      volumes: [{name: 'tmp', hostPath: {path: '/tmp'}}],
      tolerations: [{key: 'dedicated', effect: 'NoSchedule', operator: 'Exists'}],
      topologySpreadConstraints: [spread],
    },
  )
  expect(texts(from, to)).toEqual([
    'containers[app].envFrom[X_/configMap/b].configMapRef.name: Added null → b',
    'containers[app].envFrom[X_/configMap/b].prefix: Added null → X_',
    'containers[app].envFrom[secret/a].secretRef.name: Removed a → null',
    'volumes[tmp].emptyDir: Removed  → null',
    'volumes[tmp].hostPath.path: Added null → /tmp',
    'tolerations[dedicated/NoSchedule].operator: Added null → Exists',
    'topologySpreadConstraints[zone/DoNotSchedule].maxSkew: Added null → 1',
  ])
})

test('two items of one name are told apart by their places', () => {
  const from = template({env: [{name: 'A'}, {name: 'A', valueFrom: {fieldRef: {fieldPath: 'x'}}}]})
  const to = template({env: [{name: 'A'}, {name: 'A', valueFrom: {fieldRef: {fieldPath: 'y'}}}]})
  expect(texts(from, to)).toEqual(['containers[app].env[A#2].valueFrom.fieldRef.fieldPath: Changed x → y'])
})

test('an order that counts is a change by itself; that of containers is none', () => {
  const [init, more] = [{name: 'a'}, {name: 'b'}]
  expect(
    texts(template({}, {initContainers: [init, more]}), template({}, {initContainers: [more, init]})),
  ).toEqual(['initContainers: Reordered a, b → b, a'])
  expect(texts({spec: {containers: [init, more]}}, {spec: {containers: [more, init]}})).toEqual([])
})

const secrets = (word: string) =>
  template(
    {
      command: ['run', word],
      args: [`--password=${word}`],
      env: [{name: 'PASSWORD', value: word}],
      lifecycle: {postStart: {exec: {command: [word]}}},
      livenessProbe: {
        httpGet: {path: `/${word}`, host: word, httpHeaders: [{name: 'Authorization', value: word}]},
      },
    },
    {
      volumes: [
        {name: 'v', csi: {driver: 'd', volumeAttributes: {key: word}}},
        {name: 'f', flexVolume: {driver: 'd', options: {password: word}}},
        {name: 'g', gitRepo: {repository: `https://user:${word}@example.com`}},
        {name: 'e', ephemeral: {volumeClaimTemplate: {metadata: {annotations: {key: word}}}}},
      ],
    },
    {annotations: {token: word}},
  )

test('what may be a secret is said to have changed, and never what it is', () => {
  const changes = templateChanges(secrets('kanarie-one'), secrets('kanarie-two'), false)
  expect(JSON.stringify(changes)).not.toContain('kanarie')
  expect(changes.every(({hidden, change}) => hidden && change === 'Changed')).toBe(true)
  expect(changes.map(({path}) => path)).toContain('containers[app].env[PASSWORD].value')
  expect(changes).toHaveLength(12)
})

test('nor where it is new, or stands where the API would not have it', () => {
  expect(JSON.stringify(templateChanges({}, secrets('kanarie'), false))).not.toContain('kanarie')
  const odd = {
    spec: {containers: [{name: 'app', env: {A: 'kanarie', B: [{c: 'kanarie'}]}, args: {d: 'kanarie'}}]},
  }
  expect(JSON.stringify(templateChanges({}, odd, false))).not.toContain('kanarie')
  let deep: object = {value: 'kanarie'}
  for (let level = 0; level < 60; level++) deep = {a: deep}
  expect(JSON.stringify(templateChanges({}, {spec: deep as never}, false))).not.toContain('kanarie')
})

test('keys that people choose hide nothing, whatever they are called', () => {
  const words = (word: string) => ({env: word, command: word, args: word, annotations: word})
  const terms = (word: string) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{matchExpressions: [{key: 'env', operator: 'In', values: [word]}]}],
      },
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {topologyKey: 'zone', labelSelector: {matchLabels: words(word)}},
      ],
    },
  })
  const of = (word: string) =>
    template(
      {resources: {limits: {'example.com/args': word}, requests: {command: word}}},
      {
        nodeSelector: words(word),
        affinity: terms(word),
        topologySpreadConstraints: [
          {
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: {matchLabels: words(word)},
          },
        ],
        overhead: {args: word},
        volumes: [{name: 'e', ephemeral: {volumeClaimTemplate: {metadata: {labels: words(word)}}}}],
      },
      {labels: words(word)},
    )
  const changes = templateChanges(of('one'), of('two'), false)
  expect(changes.filter(({hidden}) => hidden)).toEqual([])
  expect(changes).toHaveLength(3 + 4 + 1 + 4 + 4 + 4 + 4)
})

test('it is shown to who asks for it', () => {
  expect(texts(template({args: ['a']}), template({args: ['a', 'b']}), true)).toEqual([
    'containers[app].args: Changed ["a"] → ["a","b"]',
  ])
})

test('a restart is no secret, and references to Secrets are none', () => {
  const restarted = {annotations: {'kubectl.kubernetes.io/restartedAt': '2026-05-01T12:00:00Z'}}
  expect(texts(template({}), template({}, {}, restarted))).toEqual([
    'metadata.annotations[kubectl.kubernetes.io/restartedAt]: Added null → 2026-05-01T12:00:00Z',
  ])
  const ref = (key: string) => template({env: [{name: 'A', valueFrom: {secretKeyRef: {name: 's', key}}}]})
  expect(texts(ref('one'), ref('two'))).toEqual([
    'containers[app].env[A].valueFrom.secretKeyRef.key: Changed one → two',
  ])
})

test('equal templates have no changes, and null is absent, and so is an empty list', () => {
  expect(texts(template({args: []}, {tolerations: []}), template({}))).toEqual([])
  expect(texts(secrets('x'), secrets('x'))).toEqual([])
  const empty = {metadata: {creationTimestamp: null, labels: {app: 'db'}}}
  expect(texts(empty, {metadata: {labels: {app: 'db'}}})).toEqual([])
})
