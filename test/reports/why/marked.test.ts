import {expect, test} from 'vitest'
import type {Finding, Severity} from '../../../src/diagnosis/finding.ts'
import type {CauseId} from '../../../src/diagnosis/order.ts'
import {marked} from '../../../src/reports/why/marked.ts'
import type {ChainLink} from '../../../src/reports/why/report.ts'

function finding(id: CauseId, severity: Severity, kind: string, name: string): Finding {
  const object = {kind, ...(kind !== 'Node' && {namespace: 'shop'}), name}
  return {id, severity, message: id, object, evidence: [], selfHealing: 'no', remedy: null}
}

function link(kind: string, name: string, state: ChainLink['state'] = 'ok'): ChainLink {
  return {kind, ...(kind !== 'Node' && {namespace: 'shop'}), name, state, text: ''}
}

test('whoever an error is about is broken, unless it is not there at all', () => {
  const findings = [
    finding('crash-loop', 'error', 'Pod', 'web-0'),
    finding('node-shutdown', 'warning', 'Node', 'n'),
    finding('pvc-lost', 'error', 'PersistentVolumeClaim', 'data'),
  ]
  const links = [link('Pod', 'web-0'), link('Node', 'n'), link('PersistentVolumeClaim', 'data', 'missing')]
  expect(marked(links, findings).map(({state}) => state)).toEqual(['broken', 'ok', 'missing'])
})
