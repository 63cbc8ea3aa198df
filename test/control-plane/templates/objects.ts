/** What both programs are asked about: objects of a made-up type, of which kubectl knows no more than what JSON says. */
const one = {
  metadata: {
    name: 'one',
    namespace: 'shop',
    labels: {app: 'db', 'apps.kubernetes.io/pod-index': '0', 'with-dash': 'x'},
  },
  spec: {
    replicas: 3,
    ratio: 0.25,
    tiny: 0.00000123,
    huge: 1234567890123,
    negative: -4,
    paused: false,
    active: true,
    empty: '',
    nothing: null,
    quote: 'say "hi" <b>&amp;',
    size: '10Gi',
    unicode: 'grün ✓ 名',
    none: [],
    bare: {},
    numbers: [1, 2, 3, 4, 5, 6],
    fractions: [0.5, 1.5],
    mixed: [true, 'one', 1, null, {a: 1}],
    matrix: [
      [1, 2],
      [3, 4],
    ],
    containers: [
      {name: 'app', image: 'db:1', ports: [{port: 80}, {port: 443}], restarts: 0, ready: true, load: 0.5},
      {name: 'sidecar', image: 'proxy:2', ports: [{port: 15001}], restarts: 7, ready: false, load: 1.5},
      {name: 'log', image: 'log:3', restarts: 2, ready: true, annotations: {'a/b.c': 'deep', color: 'blue'}},
    ],
  },
  status: {
    phase: 'Running',
    conditions: [
      {type: 'Ready', status: 'True'},
      {type: 'Initialized', status: 'False'},
    ],
  },
}

const small = (name: string, spec: object) => ({metadata: {name, namespace: 'shop'}, spec})

/** The first one is asked about alone. */
export const items = [
  one,
  small('ten', {replicas: 10, size: '9Gi', since: '2026-01-02T00:00:00Z', paused: true, word: 'Zebra'}),
  small('two', {replicas: 2, size: '500Mi', since: '2025-01-02T00:00:00Z', word: 'apple', list: [3]}),
  small('no', {
    size: '1Ti',
    since: '2026-01-01T00:00:00Z',
    word: 'übel',
    list: [1, 2],
    nested: {b: 1, a: [1, 'x']},
  }),
  small('five', {replicas: 5, size: '1Gi', since: '2024-01-02T00:00:00Z', word: 'beta', ratio: 1.5}),
].map((item) => ({apiVersion: 'tests.example.com/v1', kind: 'Report', ...item}))
