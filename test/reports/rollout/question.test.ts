import {describe, expect, test} from 'vitest'
import type {Scope} from '../../../src/model/scope.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import {snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, REVISIONS, tainted} from '../../builders-daemon.ts'
import {member, reported, rolling, unready} from './rollouts.ts'

const shop = {namespace: 'shop'}
const web = {resource: 'statefulSets', name: 'web'} as const
const agent = {resource: 'daemonSets', name: 'agent'} as const
const either = {...web, or: 'daemonSets'} as const
const STATEFUL = 'statefulset.kubernetes.io/pod-name'
const DAEMON = 'controller-revision-hash,!statefulset.kubernetes.io/pod-name'
const BOTH = 'controller-revision-hash'

const set = (others: object) => ({resource: 'statefulSets', ...others})
const daemons = (others: object) => ({resource: 'daemonSets', ...others})
const pods = (labelSelector: string, where: object = shop) => ({resource: 'pods', ...where, labelSelector})
const nodes = {resource: 'nodes'}
const revisions = {resource: 'controllerRevisions', ...shop}
const oneOf = {isSubject: 'one-of'}
const subject = {isSubject: true}

describe('needs', () => {
  test.for<[string, Scope, readonly object[]]>([
    [
      'one StatefulSet is asked for by its name',
      {...shop, names: [web]},
      [set({...subject, ...shop, name: 'web'}), pods(STATEFUL), nodes],
    ],
    [
      'one DaemonSet, too',
      {...shop, names: [agent]},
      [daemons({...subject, ...shop, name: 'agent'}), pods(DAEMON), nodes, revisions],
    ],
    [
      'a bare name may be of both kinds',
      {...shop, names: [either]},
      [
        set({...oneOf, ...shop, name: 'web'}),
        daemons({...oneOf, ...shop, name: 'web'}),
        pods(BOTH),
        nodes,
        revisions,
      ],
    ],
    [
      'one of each',
      {...shop, names: [web, agent]},
      [
        set({...oneOf, ...shop, name: 'web'}),
        daemons({...oneOf, ...shop, name: 'agent'}),
        pods(BOTH),
        nodes,
        revisions,
      ],
    ],
    [
      'of two names a list',
      {...shop, names: [web, {...web, name: 'db'}]},
      [set({...subject, ...shop}), pods(STATEFUL), nodes],
    ],
    [
      '`sts` alone',
      {...shop, names: [], kind: 'statefulSets'},
      [set({...subject, ...shop}), pods(STATEFUL), nodes],
    ],
    [
      '`ds` alone',
      {...shop, names: [], kind: 'daemonSets'},
      [daemons({...subject, ...shop}), pods(DAEMON), nodes, revisions],
    ],
    [
      'all of all namespaces, by label',
      {names: [], selector: 'tier=db'},
      [
        set({...oneOf, labelSelector: 'tier=db'}),
        daemons({...oneOf, labelSelector: 'tier=db'}),
        pods(BOTH, {}),
        nodes,
        {resource: 'controllerRevisions'},
      ],
    ],
  ])('%s', ([, scope, expected]) => {
    expect(rolloutQuestion.needs(scope)).toEqual(expected)
  })
})

describe('more', () => {
  const three = [member(0, 'b'), member(1, 'b'), member(2, 'b')]
  const daemonFacts = {daemonSets: [daemonSet()], nodes: [tainted('n1')], controllerRevisions: REVISIONS}
  const more = (facts: Parameters<typeof snapshot>[0], scope: Scope, unseen: readonly 'pods'[] = []) =>
    rolloutQuestion.more(snapshot(facts, unseen), scope)
  const events = (selector: string, where: object = shop) => ({
    resource: 'events',
    ...where,
    fieldSelector: `involvedObject.kind=${selector}`,
  })
  const named = {...shop, names: [web]}

  test('nothing but the revisions of an update, while no Pod is missing', () => {
    expect(more({statefulSets: [rolling()], pods: three}, named)).toEqual([revisions])
    expect(
      more(
        {
          statefulSets: [
            {
              ...rolling(),
              status: {...rolling().status, replicas: 3, currentRevision: 'same', updateRevision: 'same'},
            },
          ],
          pods: three,
        },
        named,
      ),
    ).toEqual([])
    expect(more({...daemonFacts, pods: [daemonPod('n1')]}, {names: []})).toEqual([])
  })

  const pending = member(0, 'b', unready(20, 'ContainerCreating'))

  test.for<[string, readonly ReturnType<typeof member>[], readonly object[]]>([
    ['is not there', three.slice(1), []],
    ['is pending', [pending, ...three.slice(1)], [events('Pod,involvedObject.name=web-0')]],
  ])('who has its name, its claims and events, where a Pod %s', ([, given, ofPods]) => {
    const read = (templates: string[]) => more({statefulSets: [rolling({templates})], pods: given}, named)
    const [all, others] = [pods(`!${STATEFUL}`), [events('StatefulSet,involvedObject.name=web'), revisions]]
    expect(read([])).toEqual([all, ...others, ...ofPods])
    const claim = {resource: 'persistentVolumeClaims', ...shop, name: 'data-web-0'}
    const warnings = {...events('PersistentVolumeClaim,type=Warning'), isExtra: true}
    const waiting = {...events('PersistentVolumeClaim,reason=ExternalExpanding'), isExtra: true}
    expect(read(['data'])).toEqual([all, claim, ...others, ...ofPods, warnings, waiting])
  })

  test('the events of the DaemonSet that lacks a Pod', () => {
    expect(more(daemonFacts, {...shop, names: [agent]})).toEqual([
      events('DaemonSet,involvedObject.name=agent'),
    ])
  })

  test('of both kinds, of all namespaces', () => {
    const facts = {...daemonFacts, statefulSets: [rolling(), rolling({name: 'db'})]}
    expect(more(facts, {names: []})).toEqual([
      pods(`!${BOTH}`, {}),
      events('StatefulSet,involvedObject.name=web', {}),
      events('StatefulSet,involvedObject.name=db', {}),
      {resource: 'controllerRevisions'},
      events('DaemonSet,involvedObject.name=agent', {}),
    ])
  })

  test('nothing, where Pods may not be seen', () => {
    expect(more({...daemonFacts, statefulSets: [rolling()]}, named, ['pods'])).toEqual([])
  })
})

describe('the report', () => {
  const facts = {
    statefulSets: [rolling({name: 'web'}), rolling({name: 'db'}), rolling({name: 'aa', namespace: 'zoo'})],
    daemonSets: [daemonSet(), daemonSet({name: 'web'})],
    controllerRevisions: REVISIONS,
  }
  const names = (scope: Scope) =>
    reported(facts, scope).workloads.map(({kind, namespace, name}) => `${kind} ${namespace}/${name}`)

  test.for<[string, Scope['names'], readonly string[]]>([
    [
      'has all, StatefulSets first, by namespace and name',
      [],
      [
        'StatefulSet shop/db',
        'StatefulSet shop/web',
        'StatefulSet zoo/aa',
        'DaemonSet shop/agent',
        'DaemonSet shop/web',
      ],
    ],
    ['has the one that is named', [web], ['StatefulSet shop/web']],
    ['has both that have a bare name', [either], ['StatefulSet shop/web', 'DaemonSet shop/web']],
    ['has nothing by another kind', [{resource: 'daemonSets', name: 'db'}], []],
  ])('%s', ([, wanted, expected]) => {
    expect(names({names: wanted})).toEqual(expected)
  })

  test('`-o name` and namespaces', () => {
    const report = reported(facts, {names: [either]})
    expect([rolloutQuestion.names(report), rolloutQuestion.namespaces(report)]).toEqual([
      ['statefulset.apps/web', 'daemonset.apps/web'],
      ['shop', 'shop'],
    ])
  })

  test('findings are of the one in the way and of the whole', () => {
    const report = reported({
      statefulSets: [rolling({status: {updateRevision: 'web-a'}})],
      pods: [member(0, 'b', unready(20, 'ImagePullBackOff')), member(1, 'a'), member(2, 'a')],
    })
    expect(rolloutQuestion.findings(report).map(({id}) => id)).toEqual([
      'sts-ordered-revision-deadlock',
      'image-pull-backoff',
    ])
  })

  test('of a file that holds both kinds it has only the one that is asked for', () => {
    expect(names({names: [], kind: 'daemonSets'})).toEqual(['DaemonSet shop/agent', 'DaemonSet shop/web'])
  })
})
