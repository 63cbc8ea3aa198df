import {expect, test} from 'vitest'
import type {Finding} from '../../../../src/diagnosis/finding.ts'
import {cluster, member, set, setEvent} from '../../sets.ts'
import {rolloutFindings, type SetFacts} from '../../subjects-sets.ts'

const PARALLEL = {podManagementPolicy: 'Parallel'}
const QUOTA =
  'pods "db-1" is forbidden: exceeded quota: few, requested: pods=1, used: pods=4, limited: pods=4'

/** db-0 and db-2 stay, db-1 is refused, db-4 and db-5 are too many. */
function scaledDown(spec: object, ordinals: readonly number[], text = QUOTA, version = 'v1.37.2'): SetFacts {
  const events = [setEvent('db', 'FailedCreate', `create Pod db-1 in StatefulSet db failed error: ${text}`)]
  const pods = ordinals.map((ordinal) => member('db', ordinal, 2))
  return {...cluster('db', set('db', {replicas: 3, spec}), pods, {events}), version}
}

function refusal(facts: SetFacts): Finding | undefined {
  return rolloutFindings(facts).find(({id}) => id.startsWith('create-'))
}

const DELETION = 'kubectl delete pod -n ns-db db-5 db-4'

test('what a scale-down leaves behind uses up the quota, and is deleted by hand after a look', () => {
  const finding = refusal(scaledDown(PARALLEL, [0, 2, 4, 5]))
  expect(finding?.message).toContain('db-5, db-4, beyond spec.replicas, count in it too')
  expect(finding?.remedy?.look).toEqual([
    'kubectl describe resourcequota -n ns-db few',
    'kubectl get pods -n ns-db db-5 db-4',
  ])
  expect(finding?.remedy?.act?.at(-1)?.commands).toEqual([DELETION])
  expect(finding).toMatchObject({selfHealing: 'no', remedy: {rung: 2}})
})

test('claims that go with them are a risk', () => {
  const spec = {...PARALLEL, persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}}
  expect(refusal(scaledDown(spec, [0, 2, 4]))?.remedy?.risk).toContain('its claims go with it')
})

test.for<[string, SetFacts, boolean]>([
  ['a parallel set', scaledDown(PARALLEL, [0, 2, 4]), true],
  ['an ordered set', scaledDown({}, [0, 2, 4]), true],
  ['nothing is too many', scaledDown(PARALLEL, [0, 2]), false],
  ['another refusal', scaledDown(PARALLEL, [0, 2, 4], 'violates PodSecurity "restricted:latest"'), false],
  ['1.38 deletes them first', scaledDown(PARALLEL, [0, 2, 4], QUOTA, 'v1.38.0'), false],
])('%s: whether to delete what is too many', ([, facts, expected]) => {
  const commands = refusal(facts)?.remedy?.act?.flatMap((way) => way.commands) ?? []
  expect(commands.some((command) => command.startsWith('kubectl delete'))).toBe(expected)
})

test('of several ordinals that are refused each is told', () => {
  const events = [1, 2].map((ordinal) => ({
    ...setEvent('db', 'FailedCreate', `create Pod db-${ordinal} in StatefulSet db failed error: ${QUOTA}`),
    metadata: {name: `e-${ordinal}`, namespace: 'ns-db'},
  }))
  const facts = cluster('db', set('db', {replicas: 3, spec: PARALLEL}), [member('db', 0, 2)], {events})
  const told = rolloutFindings(facts).filter(({id}) => id === 'create-quota-exceeded')
  expect(told.map(({blames}) => blames?.map(({name}) => name))).toEqual([['db-2'], ['db-1']])
})
