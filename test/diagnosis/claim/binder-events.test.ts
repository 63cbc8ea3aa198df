import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import type {Event} from '../../../src/model/objects.ts'
import {event, pendingClaim, pod, storageClass} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

function withEvents(...events: readonly Event[]): Facts {
  return {pods: [pod()], persistentVolumeClaims: [pendingClaim()], storageClasses: [storageClass()], events}
}

const OLD =
  'waiting for a volume to be created, either by external provisioner "csi.test" or manually created by system administrator'
const NEW =
  "Waiting for a volume to be created either by the external provisioner 'csi.test' or manually by the system administrator."
const FAILED = 'failed to provision volume with StorageClass "fast": rpc error: quota exceeded'

test('the provisioner’s own words are the proof', () => {
  expect(about(pending, withEvents(event('ProvisioningFailed', FAILED)))).toEqual({
    id: 'pvc-provisioning-failed',
    severity: 'error',
    message: 'The volume could not be provisioned (claim data-web-0)',
    object: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'},
    since: '2026-05-01T11:30:00Z',
    evidence: [`event ProvisioningFailed ×3 on pvc/data-web-0: ${FAILED}`],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {
          text: 'check the quota, permissions and parameters of the storage system; the provisioner tries again',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

test.for<[string, string, string, string]>([
  [
    'pvc-misbound',
    'ClaimMisbound',
    'Two claims are bound to the same volume, this one is bound incorrectly',
    'no',
  ],
  [
    'pvc-pv-mismatch',
    'VolumeMismatch',
    'Cannot bind to requested volume "pv": requested PV is too small',
    'no',
  ],
  ['pvc-pv-claimed-by-other', 'FailedBinding', 'volume "pv" already bound to a different claim.', 'no'],
  [
    'pvc-provisioning-infeasible',
    'ProvisioningFailed',
    'Volume provisioning failed with infeasible error. Retries will be delayed.',
    'no',
  ],
  [
    'pvc-provisioning-failed',
    'ProvisioningFailed',
    'Failed to provision volume with StorageClass "fast"',
    'maybe',
  ],
  ['pvc-external-wait', 'ExternalProvisioning', NEW, 'maybe'],
])('%s is heard in event %s', ([id, reason, message, selfHealing]) => {
  expect(about(pending, withEvents(event(reason, message)))).toMatchObject({
    id,
    selfHealing,
    severity: 'error',
  })
})

test('the most specific event counts, whatever their order', () => {
  const events = [
    event('ExternalProvisioning', NEW),
    event('ProvisioningFailed', FAILED),
    event('VolumeMismatch', 'Cannot bind to requested volume "pv": x'),
  ]
  expect(idOf(about(pending, withEvents(...events)))).toBe('pvc-pv-mismatch')
})

const soon = {firstTimestamp: '2026-05-01T11:59:30Z'}

test.for<[string, Facts, string | undefined]>([
  ['the older wording of waiting', withEvents(event('ExternalProvisioning', OLD)), 'pvc-external-wait'],
  ['the wait of an instant', withEvents(event('ExternalProvisioning', NEW, soon)), undefined],
  [
    'a wait of unknown length',
    withEvents(event('ExternalProvisioning', NEW, {firstTimestamp: 'x'})),
    undefined,
  ],
  [
    'a driver at work',
    withEvents(
      event('ExternalProvisioning', NEW),
      event('Provisioning', 'External provisioner is provisioning volume'),
    ),
    undefined,
  ],
  [
    'a failure that is an instant old',
    withEvents(event('ProvisioningFailed', FAILED, soon)),
    'pvc-provisioning-failed',
  ],
  ['a reason without its wording', withEvents(event('FailedBinding', 'something else')), undefined],
  [
    'events of another claim',
    withEvents(
      event('ProvisioningFailed', FAILED, {
        involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'other'},
      }),
    ),
    undefined,
  ],
  [
    'events of a former claim of the same name',
    withEvents(
      event('ProvisioningFailed', FAILED, {
        involvedObject: {
          kind: 'PersistentVolumeClaim',
          namespace: 'shop',
          name: 'data-web-0',
          uid: 'uid-old',
        },
      }),
    ),
    undefined,
  ],
  ['events that were not seen', {...withEvents(), unseen: ['events']}, undefined],
  [
    'an event without words',
    withEvents(
      JSON.parse(
        '{"involvedObject":{"kind":"PersistentVolumeClaim","namespace":"shop","name":"data-web-0"},"reason":"ProvisioningFailed"}',
      ),
    ),
    'pvc-provisioning-failed',
  ],
])('%s', ([, given, id]) => {
  expect(idOf(about(pending, given))).toBe(id)
})
