import {expect, test} from 'vitest'
import {attributesClass} from '../../../src/diagnosis/claim/attributes-class.ts'
import {noResizer} from '../../../src/diagnosis/claim/no-resizer.ts'
import {CREATED, claim, event, pod, statefulSet, volume} from '../../builders.ts'
import {about, type Facts} from '../subjects.ts'

type Parts = NonNullable<Parameters<typeof claim>[0]>

const JUST_NOW = '2026-05-01T11:59:30Z'
const cluster = (parts: Parts, events: Facts['events'] = []): Facts => ({
  statefulSets: [statefulSet()],
  pods: [pod()],
  persistentVolumeClaims: [claim(parts)],
  persistentVolumes: [volume()],
  events,
})

function verdict(finding: ReturnType<typeof about>): string | undefined {
  return finding && `${finding.severity} ${finding.id}`
}

const GROWING = {spec: {resources: {requests: {storage: '2Gi'}}}}
const EXTERNAL = event('ExternalExpanding', 'waiting for an external controller to expand this PVC')
const condition = (type: string, others: object = {}) => ({conditions: [{type, status: 'True', ...others}]})

test('nobody expands the claim, and the driver is named', () => {
  expect(about(noResizer, cluster(GROWING, [EXTERNAL]))).toMatchObject({
    id: 'resize-no-resizer',
    severity: 'error',
    message: 'The resizer of csi.test has not begun to expand the volume to 2Gi (claim data-web-0)',
    since: '2026-05-01T11:30:00Z',
    remedy: {look: ['kubectl describe pvc -n shop data-web-0'], rung: 0},
  })
})

test.for<[string, Facts, string | undefined]>([
  ['without the event nobody knows for how long', cluster(GROWING), 'warning resize-no-resizer'],
  ['of half a minute', cluster(GROWING, [{...EXTERNAL, firstTimestamp: JUST_NOW}]), undefined],
  [
    'the resizer said that it has begun',
    cluster(GROWING, [EXTERNAL, event('Resizing', 'External resizer is resizing volume')]),
    undefined,
  ],
  ['it is at work', cluster({...GROWING, status: condition('Resizing')}, [EXTERNAL]), undefined],
  [
    'the file system is yet to grow',
    cluster({...GROWING, status: condition('FileSystemResizePending')}, [EXTERNAL]),
    undefined,
  ],
  [
    'it failed',
    cluster({...GROWING, status: {allocatedResourceStatuses: {storage: 'ControllerResizeInfeasible'}}}, [
      EXTERNAL,
    ]),
    undefined,
  ],
  ['the claim has what it asks for', cluster({}, [EXTERNAL]), undefined],
  ['a volume that is bigger than asked', cluster({status: {capacity: {storage: '3Gi'}}}), undefined],
  ['a claim that is not bound', cluster({...GROWING, status: {phase: 'Pending'}}), undefined],
])('an expansion: %s', ([, facts, wanted]) => {
  expect(verdict(about(noResizer, facts))).toBe(wanted)
})

const wanting = (status: Parts['status'] = {}, events: Facts['events'] = []) =>
  cluster(
    {
      spec: {volumeAttributesClassName: 'gold'},
      status: {currentVolumeAttributesClassName: 'silver', ...status},
    },
    events,
  )
const modifying = (status: string) => ({
  modifyVolumeStatus: {status, targetVolumeAttributesClassName: 'gold'},
})
const MISSING = event('VolumeModifyFailed', 'VAC gold does not exist.')

test.for<[string, Facts, string | undefined]>([
  ['nobody has begun', wanting(), 'warning vac-modify-pending'],
  [
    'begun a moment ago',
    wanting({...modifying('InProgress'), ...condition('ModifyingVolume', {lastTransitionTime: JUST_NOW})}),
    'info vac-modify-pending',
  ],
  [
    'begun long ago',
    wanting({...modifying('InProgress'), ...condition('ModifyingVolume', {lastTransitionTime: CREATED})}),
    'warning vac-modify-pending',
  ],
  ['the class does not exist', wanting(modifying('Pending'), [MISSING]), 'error vac-missing'],
  ['the same, without the event', wanting(modifying('Pending')), 'error vac-missing'],
  ['the same, by the event alone', wanting({}, [MISSING]), 'error vac-missing'],
  [
    'an event about a class that is wanted no more',
    wanting({}, [event('VolumeModifyFailed', 'VAC lead does not exist.')]),
    'warning vac-modify-pending',
  ],
  [
    'the driver refuses',
    wanting({...modifying('InProgress'), ...condition('ModifyVolumeError', {message: 'quota'})}),
    'error vac-failed',
  ],
  ['the driver can never do it', wanting(modifying('Infeasible')), 'error vac-failed'],
  ['by the event alone', wanting({}, [event('VolumeModifyFailed', 'rpc error: quota')]), 'error vac-failed'],
  [
    'the claim has its class',
    wanting({currentVolumeAttributesClassName: 'gold', ...condition('ModifyVolumeError')}),
    undefined,
  ],
  ['no class is wanted', cluster({}, [MISSING]), undefined],
  ['the claim is not bound yet', wanting({phase: 'Pending'}), undefined],
])('a VolumeAttributesClass: %s', ([, facts, wanted]) => {
  expect(verdict(about(attributesClass, facts))).toBe(wanted)
})

test('a failure that will not pass says so, and what to do', () => {
  expect(
    about(
      attributesClass,
      wanting({...modifying('Infeasible'), ...condition('ModifyVolumeError', {message: 'no such tier'})}),
    ),
  ).toMatchObject({
    message: "The volume can't get the attributes of VolumeAttributesClass gold (claim data-web-0)",
    evidence: expect.arrayContaining(['pvc/data-web-0 condition ModifyVolumeError=True: no such tier']),
    selfHealing: 'no',
    remedy: {look: ['kubectl describe volumeattributesclass gold']},
  })
})
