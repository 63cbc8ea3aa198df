import {expect, test} from 'vitest'
import {daemonPod, tainted, unreadyPod} from '../../builders-daemon.ts'
import {type Facts, ofSet} from './diagnosed.ts'

const CRASH = {reason: 'CrashLoopBackOff'}

/** Nodes with these labels: on the first ones the Pods crash, on the others they work. */
function split(failing: readonly object[], working: readonly object[]): Facts {
  const named = (prefix: string, all: readonly object[]) =>
    all.map((labels, index) => tainted(`${prefix}${index}`, [], {metadata: {labels: {...labels}}}))
  const [bad, good] = [named('bad', failing), named('good', working)]
  return {
    nodes: [...bad, ...good],
    pods: [
      ...bad.map(({metadata}) => unreadyPod(metadata?.name ?? '', CRASH)),
      ...good.map(({metadata}) => daemonPod(metadata?.name ?? '')),
    ],
  }
}

function alike(facts: Facts) {
  return ofSet(facts).find(({id}) => id === 'ds-failing-nodes-alike')
}

const arm = {'kubernetes.io/arch': 'arm64'}
const amd = {'kubernetes.io/arch': 'amd64'}
const pool = (name: string) => ({...amd, agentpool: name})

test('what all failing nodes have and no working one has', () => {
  expect(alike(split([arm, arm], [amd, amd, amd]))).toMatchObject({
    severity: 'info',
    message:
      'Pods of DaemonSet shop/agent fail only on nodes with kubernetes.io/arch=arm64 (bad0, bad1), and work on 3 others',
  })
  expect(alike(split([arm], [amd, amd]))?.message).toContain('with kubernetes.io/arch=arm64')
  expect(alike(split([pool('b'), pool('b')], [pool('a'), pool('a')]))?.message).toContain('agentpool=b')
})

test.for<[string, Facts]>([
  ['one that works has it, too', split([arm, arm], [amd, arm])],
  ['they differ', split([arm, amd], [amd, amd])],
  ['one node of a pool may fail by chance', split([pool('b')], [pool('a'), pool('a')])],
  ['one that works is too few', split([arm, arm], [amd])],
  ['nobody knows of the others', split([arm, arm], [{}, {}])],
  ['none fails', split([], [arm, amd])],
])('nothing where %s', ([, facts]) => {
  expect(alike(facts)).toBeUndefined()
})
