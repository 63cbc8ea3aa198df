import {afterAll, beforeAll, expect, test} from 'vitest'
import type {WhyReport} from '../../../src/reports/why/report.ts'
import {behaviourOf} from '../situations/behaviours.ts'
import {addNodes} from '../situations/nodes.ts'
import {OF_ONE_NAMESPACE, rights} from '../situations/rights.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {isUnschedulable, untilClaim, untilPods} from '../situations/waits.ts'
import {daemonSet, headlessService, statefulSet} from '../situations/workloads.ts'
import {clockAhead} from '../tools/clock-ahead.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {expectReadsOnly, requestsOf, stopAfterReadsOnly, summary} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {links, type Why, whyOf} from './plugin.ts'

describeControlPlane('why', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let why: Why

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    why = whyOf(plugin)
    await addNodes(controlPlane)
    await Promise.all(['crash', 'waits', 'agents'].map(controlPlane.createNamespace))
    await controlPlane.apply([
      storageClass(),
      ...['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`)),
      headlessService('db', 'crash'),
      headlessService('db', 'waits'),
      statefulSet({
        namespace: 'crash',
        replicas: 3,
        claims: [claim('data')],
        annotations: behaviourOf({2: 'crash'}),
      }),
      statefulSet({namespace: 'waits', replicas: 1, claims: [claim('data', {storageClass: 'gone'})]}),
      daemonSet({namespace: 'agents'}),
      ...rights('reader', 'crash', OF_ONE_NAMESPACE),
    ])
    await untilPods(controlPlane, 'crash', 1, ({status}) =>
      Boolean(status?.containerStatuses?.some(({state}) => state?.waiting?.reason === 'CrashLoopBackOff')),
    )
    await untilPods(controlPlane, 'agents', 3)
    await untilClaim(controlPlane, 'waits', 'data-db-0', 'Pending')
    await untilPods(controlPlane, 'waits', 1, isUnschedulable)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const asked = (...args: readonly string[]) =>
    requestsOf(controlPlane, () => plugin.stateful(['why', ...args]))

  test('goes from the set to the node of the Pod that crashes, and says why', async () => {
    const events = () => controlPlane.kubectl(['events', '-n', 'crash', '--for', 'pod/db-2'])
    await until('the Pod has its event', events, ({stdout}) => stdout.includes('BackOff'))
    const report = await why.report('sts/db', '-n', 'crash')
    expect(links(report)).toEqual([
      expect.stringMatching(/^StatefulSet db /),
      'Ordinal 2 ok',
      'Pod db-2 broken',
      'PersistentVolumeClaim data-db-2 ok',
      expect.stringMatching(/^PersistentVolume disk-. ok$/),
      expect.stringMatching(/^Node node-. ok$/),
    ])
    expect(report.findings[0]).toMatchObject({
      id: 'crash-loop',
      object: {kind: 'Pod', namespace: 'crash', name: 'db-2'},
    })
    expect(report.timeline.map(({what}) => what)).toEqual(
      expect.arrayContaining(['Restart', 'Revision', 'Event']),
    )
    expect(await why.text('sts/db', '-n', 'crash')).toMatch(/\nCause {5}.*crash-loop\nLook {6}kubectl/)
  })

  test('says the same of the Pod itself, in any spelling', async () => {
    const report = await why.report('pod/db-2', '-n', 'crash')
    expect(report.subject).toEqual({kind: 'Pod', namespace: 'crash', name: 'db-2'})
    expect(links(report)).toContain('Pod db-2 broken')
    expect(report.findings[0]?.id).toBe('crash-loop')
    const {observedAt: _, ...same} = await why.report('pods', 'db-2', '-n', 'crash')
    expect(same.findings.map(({id}) => id)).toEqual(report.findings.map(({id}) => id))
  })

  test('asks for a well Pod, and what it hangs on, by their names', async () => {
    const entries = await asked('po/db-0', '-n', 'crash')
    expect(summary(entries)).toEqual([
      'get /version',
      'get nodes',
      'get persistentvolumeclaims',
      'get persistentvolumes',
      'get pods',
      'get statefulsets',
      'get storageclasses',
      'list events',
      // another Pod of its set is not well: who is to blame for that may be anywhere
      'list nodes',
      // those of its set, and those that wait
      'list pods',
      'list pods',
    ])
    expectReadsOnly(entries)
    const events = entries.find(({resource}) => resource === 'events')?.requestURI ?? ''
    expect(decodeURIComponent(events)).toContain(
      'fieldSelector=involvedObject.kind=Pod,involvedObject.name=db-0',
    )
  })

  test('has a log only where it is asked for, and one note where it can not be had', async () => {
    expect((await asked('pod/db-2', '-n', 'crash')).filter(isLog)).toEqual([])
    const entries = await requestsOf(controlPlane, async () => {
      // no kubelet serves logs here
      const {report, stderr} = await why.noted('pod/db-2', '-n', 'crash', '--logs')
      expect(report).toMatchObject({logs: [], omissions: [{resource: 'pods/log'}]})
      expect(stderr).toMatch(
        /^Warning: could not read pods\/log \(\w+\); what they would tell is <unknown>\n$/,
      )
      expect(report.findings[0]?.id).toBe('crash-loop')
    })
    expect(entries.filter(isLog).map(({requestURI}) => requestURI)).toEqual([
      expect.stringMatching(/\/pods\/db-2\/log\?container=app&previous=true&tailLines=20&limitBytes=16384$/),
    ])
    expectReadsOnly(entries)
  })

  test('asks for no log of a Pod that is well', async () => {
    expect((await asked('pod/db-0', '-n', 'crash', '--logs')).filter(isLog)).toEqual([])
  })

  const isLog = ({requestURI}: {readonly requestURI: string}) => requestURI.includes('/log')

  test('explains a Pod that waits by its claim, and the claim by its class', async () => {
    for (const subject of ['pod/db-0', 'pvc/data-db-0', 'sts/db']) {
      const report = await why.report(subject, '-n', 'waits')
      expect([subject, report.findings[0]?.id]).toEqual([subject, 'pvc-class-missing'])
      expect(links(report)).toContain('PersistentVolumeClaim data-db-0 broken')
    }
    const events = (await why.report('pvc/data-db-0', '-n', 'waits')).timeline.filter(
      ({what, object}) => what === 'Event' && object.kind === 'PersistentVolumeClaim',
    )
    expect(events.length).toBeGreaterThan(0)
  })

  test('of a node tells what it holds, and what would not come back without it', async () => {
    const [pod] = await untilPods(controlPlane, 'crash', 1, ({metadata}) => metadata?.name === 'db-0')
    const pods = await untilPods(controlPlane, 'crash', 3, () => true)
    const node = pods.find(({metadata}) => metadata?.name === 'db-0')?.spec?.nodeName ?? ''
    expect(pod).toBeDefined()
    const report = await why.report(`node/${node}`)
    expect(links(report)).toEqual([
      `Node ${node} ok`,
      'Pod db-0 ok',
      'PersistentVolumeClaim data-db-0 ok',
      expect.stringMatching(/^PersistentVolume disk-. ok$/),
      expect.stringMatching(/^Pod agent-\w+ ok$/),
    ])
    expect(report.chain[1]?.text).toContain('of StatefulSet db, would not come back elsewhere')
    const entries = await asked(`node/${node}`)
    expect(summary(entries)).toEqual([
      'get /version',
      'get nodes',
      'get persistentvolumeclaims',
      'get persistentvolumeclaims',
      'get statefulsets',
      'get statefulsets',
      'list daemonsets',
      // of the node, and of a Pod elsewhere that waits for a node, and of its claim
      'list events',
      'list events',
      'list events',
      'list nodes',
      'list persistentvolumes',
      'list poddisruptionbudgets',
      'list pods',
      'list pods',
      'list storageclasses',
      'list volumeattachments',
    ])
    // Which of the two lists of Pods is asked for first is left to chance.
    const pages = entries.filter(({resource}) => resource === 'pods').map(({requestURI}) => requestURI)
    expect(pages.map((uri) => decodeURIComponent(uri ?? ''))).toContainEqual(
      expect.stringContaining(`fieldSelector=spec.nodeName=${node}&`),
    )
  })

  test('of a DaemonSet that is well one line says all', async () => {
    const report = await why.report('ds/agent', '-n', 'agents')
    expect(links(report)).toEqual(['DaemonSet agent ok'])
    expect(report.findings).toEqual([])
  })

  test('is <unknown> about what somebody may not see, in one note', async () => {
    const env = {KUBECONFIG: controlPlane.user('reader').kubeconfig}
    const {report, stderr} = await whyOf(plugin, {env}).noted('pod/db-0', '-n', 'crash')
    expect(links(report)).toEqual([
      'StatefulSet db ok',
      'Ordinal 0 ok',
      'Pod db-0 ok',
      'PersistentVolumeClaim data-db-0 ok',
      expect.stringMatching(/^PersistentVolume disk-. unknown$/),
      expect.stringMatching(/^Node node-. unknown$/),
    ])
    expect(stderr).toBe(
      'Warning: could not read persistentvolumes, storageclasses, nodes (Forbidden); what they would tell is <unknown>\n',
    )
  })

  test.for([
    ['sts/db', '-n', 'crash'],
    ['pod/db-2', '-n', 'crash'],
    ['pod/db-0', '-n', 'crash'],
    ['pvc/data-db-0', '-n', 'waits'],
    ['ds/agent', '-n', 'agents'],
    ['node/node-a'],
  ])('is the same from a snapshot of the cluster: %s', async (args) => {
    const {stdout: saved} = await plugin.stateful(['snapshot', '-A'])
    const {stdout, stderr, code} = await plugin.stateful(['why', ...args, '-f', '-', '-o', 'json'], {
      input: saved,
    })
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    const saidThen: WhyReport = JSON.parse(stdout)
    expect(comparable(saidThen)).toEqual(comparable(await why.report(...args)))
  })

  /** Events go on meanwhile: when they came last, and how often, is left out. */
  const comparable = ({chain, findings, timeline}: WhyReport) => ({
    chain,
    findings,
    timeline: timeline.map(({what, object, text}) => [what, object.name, text].join(' ')).toSorted(),
  })

  test.for([
    [['pod/none', '-n', 'crash'], 'Error from server (NotFound): pods "none" not found\n'],
    [['node/none'], 'Error from server (NotFound): nodes "none" not found\n'],
    [['ds/none', '-n', 'crash'], 'Error from server (NotFound): daemonsets.apps "none" not found\n'],
  ] as const)('what is not there is told as kubectl does: %s', async ([args, stderr]) => {
    expect(await plugin.stateful(['why', ...args])).toEqual({stdout: '', stderr, code: 2})
  })

  test('refuses in kubectl’s words whoever may not see the thing itself', async () => {
    const options = {env: {KUBECONFIG: controlPlane.user('nobody').kubeconfig}}
    const {stderr} = await controlPlane.kubectl(['get', 'pod', 'db-0', '-n', 'crash'], options)
    const refused = await plugin.stateful(['why', 'pod/db-0', '-n', 'crash'], options)
    expect(refused).toEqual({stdout: '', stderr, code: 2})
  })

  test('sets the exit status where the verdict is asked for', async () => {
    const crashing = ['why', 'pod/db-2', '-n', 'crash', '--exit-code']
    // a container that crashes may yet recover within its patience
    expect(await plugin.stateful(crashing)).toMatchObject({code: 0})
    expect(await plugin.stateful(crashing, clockAhead(5))).toMatchObject({code: 1})
    expect(await plugin.stateful(['why', 'pod/db-0', '-n', 'crash', '--exit-code'])).toMatchObject({code: 0})
  })
})
