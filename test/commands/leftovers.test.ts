import {expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const run = (line: string, input = '') => runPlugin(line.split(' '), '/', input)
const list = (...items: readonly object[]) => JSON.stringify({apiVersion: 'v1', kind: 'List', items})
const pv = (name: string, phase: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {name},
  spec: {
    capacity: {storage: '1Gi'},
    persistentVolumeReclaimPolicy: 'Retain',
    claimRef: {namespace: 'shop', name: 'c'},
  },
  status: {phase},
})

test('no name may be given', async () => {
  expect(await run('leftovers pvc')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error: unexpected arguments: pvc'),
  })
})

test('volumes alone are answered for, and what else is not in the file is said', async () => {
  const {stdout, stderr, code} = await run('leftovers -f -', list(pv('kept', 'Released')))
  expect(code).toBe(0)
  expect(stdout).toMatch(/pv\/kept +Released +keeps its disk +1Gi/)
  expect(stdout).toContain('PersistentVolumeClaim: none can be judged')
  expect(stderr).toContain('persistentvolumeclaims')
})

test('a file with neither claims nor volumes cannot answer', async () => {
  const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'shop'}}
  expect(await run('leftovers -f -', list(pod))).toMatchObject({code: 2, stdout: ''})
})

test('--exit-code is 1 for what is in the way, and 0 for what is only there', async () => {
  expect((await run('leftovers --exit-code -f -', list(pv('kept', 'Released')))).code).toBe(0)
  expect((await run('leftovers --exit-code -f -', list(pv('broken', 'Failed')))).code).toBe(1)
})

test('of one namespace the volumes that its claims had', async () => {
  expect((await run('leftovers -n far -f -', list(pv('kept', 'Released')))).stdout).not.toContain('pv/kept')
  expect((await run('leftovers -n shop -f - -o name', list(pv('kept', 'Released')))).stdout).toBe(
    'persistentvolume/kept\n',
  )
})
