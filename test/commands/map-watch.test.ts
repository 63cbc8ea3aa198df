import {expect, onTestFinished, test, vi} from 'vitest'
import type {Answering, Inquiry} from '../../src/command-line/answering.ts'
import {watchOrWait} from '../../src/command-line/waiting.ts'
import {sectionOf} from '../../src/render/view.ts'
import {mapView} from '../../src/render/views/map.ts'
import {changingOrdinals} from '../../src/render/views/map-changes.ts'
import {mapQuestion} from '../../src/reports/map/question.ts'
import type {MapReport} from '../../src/reports/map/report.ts'
import {kubeconfig} from '../cluster/fake-server.ts'
import {watchServer} from '../cluster/watch-server.ts'

const set = {
  spec: {replicas: 2, selector: {matchLabels: {app: 'db'}}, template: {metadata: {labels: {app: 'db'}}}},
}
const owner = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', controller: true}
const parts = {spec: {nodeName: 'n1', containers: [{name: 'db'}]}, status: {phase: 'Running'}}

test.for([
  ['a pipe', false, 'xterm'],
  ['a terminal that can not move its cursor', true, 'dumb'],
  ['a terminal of which nothing is known', true, undefined],
] as const)(
  'a map is answered again when something changes, on %s as one line for each ordinal',
  async ([, isTTY, terminal]) => {
    vi.stubEnv('TERM', terminal)
    const before = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY')
    Object.defineProperty(process.stdout, 'isTTY', {value: isTTY, configurable: true})
    onTestFinished(() => {
      vi.unstubAllEnvs()
      Object.defineProperty(process.stdout, 'isTTY', before ?? {value: undefined, configurable: true})
    })
    const server = await watchServer()
    server.put('statefulsets', 'db', {}, set)
    let out = ''
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text)
      return true
    })
    onTestFinished(() => spy.mockRestore())
    const judge = ({workloads}: MapReport) => {
      const [workload] = workloads
      const pods = workload?.ordinals.filter((ordinal) => ordinal.pod) ?? []
      const name = `db-${pods.length}`
      const labels = {app: 'db', 'statefulset.kubernetes.io/pod-name': name}
      const ownerReferences = [{...owner, uid: workload?.uid}]
      if (pods.length < 2) server.put('pods', name, {labels, ownerReferences}, parts)
      return {isOver: pods.length === 2, isGood: true, isSure: true, words: ''}
    }
    const answering: Answering<MapReport> = {
      question: mapQuestion,
      sections: (report, options) => mapView(report, options).map(sectionOf),
      changing: changingOrdinals,
      watch: {wait: {timeout: {text: '60s', milliseconds: 60_000}, judge}},
    }
    const inquiry: Inquiry<MapReport> = {
      answering,
      title: 'kubectl stateful map',
      request: {
        connection: {kubeconfig: kubeconfig(server.url)} as Inquiry<MapReport>['request']['connection'],
        files: [],
        isAllNamespaces: false,
        namespace: 'shop',
        scope: {names: []},
        chunkSize: 500,
      },
      style: {format: 'table', isColored: false, hasHeaders: true, findings: 'none'},
      isJudged: false,
    }
    expect(await watchOrWait(inquiry)).toBe('answered')
    const changes = out.split('\n').filter((line) => /^20\S+Z {2}shop /.test(line))
    expect(out).toMatch(/^STATEFULSET +ORDINAL/)
    expect(out).not.toContain('\u001b')
    expect(changes.map((line) => line.split(/ {2,}/).slice(3, 5))).toEqual([
      ['0', 'db-0'],
      ['1', 'db-1'],
    ])
  },
)
