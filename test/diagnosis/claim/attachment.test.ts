import {expect, test} from 'vitest'
import {attachment as rule} from '../../../src/diagnosis/claim/attachment.ts'
import {attachment, healthy, NOW} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

type Attachment = ReturnType<typeof attachment>

function attached(...volumeAttachments: readonly Attachment[]): Facts {
  return {...healthy(), volumeAttachments}
}

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const REMEDY = {
  commands: ['kubectl describe volumeattachment csi-1'],
  advice: "look at the storage driver's controller and at the node",
  danger: 'deleting the attachment by hand while the node may still write corrupts data',
  rung: 0,
}
const failing = attachment({status: {attached: false, attachError: {message: 'no slots', time: NOW}}})
const stuck = attachment({
  metadata: {deletionTimestamp: NOW},
  status: {attached: true, detachError: {message: 'busy'}},
})
const orphaned = attachment({spec: {nodeName: 'node-z'}})

test('attaching fails', () => {
  expect(about(rule, attached(failing))).toEqual({
    id: 'attach-failed-driver',
    severity: 'error',
    message: "The volume of PersistentVolumeClaim shop/data-web-0 can't be attached to node-a: no slots",
    object: CLAIM,
    since: NOW,
    evidence: ['volumeattachment/csi-1 on node node-a'],
    selfHealing: 'maybe',
    remedy: REMEDY,
  })
})

test('detaching fails, which no event says', () => {
  expect(about(rule, attached(stuck))).toEqual({
    id: 'detach-stuck',
    severity: 'error',
    message: "The volume of PersistentVolumeClaim shop/data-web-0 can't be detached from node-a: busy",
    object: CLAIM,
    since: NOW,
    evidence: ['volumeattachment/csi-1 on node node-a'],
    selfHealing: 'maybe',
    remedy: REMEDY,
  })
})

test('an attachment outlives its node', () => {
  expect(about(rule, attached(orphaned))).toEqual({
    id: 'va-orphan',
    severity: 'warning',
    message:
      'The volume of PersistentVolumeClaim shop/data-web-0 is still attached, for the API, to the deleted node node-z',
    object: CLAIM,
    evidence: ['volumeattachment/csi-1 on node node-z'],
    selfHealing: 'maybe',
    remedy: {
      ...REMEDY,
      advice: "the storage driver's controller detaches from a node that is gone, if it runs: look there",
    },
  })
})

test.for<[string, Facts, string | undefined]>([
  ['attached and well', attached(attachment()), undefined],
  [
    'attached, with an error from before',
    attached(attachment({status: {attached: true, attachError: {message: 'x'}}})),
    undefined,
  ],
  ['not attached yet, without error', attached(attachment({status: {attached: false}})), undefined],
  ['detaching without error', attached(attachment({metadata: {deletionTimestamp: NOW}})), undefined],
  [
    'a detach error from before, not being deleted',
    attached(attachment({status: {attached: true, detachError: {message: 'x'}}})),
    undefined,
  ],
  [
    'the failing attachment of another volume',
    attached(
      attachment({
        ...failing,
        spec: {source: {persistentVolumeName: 'other'}},
        status: {attached: false, attachError: {message: 'x'}},
      }),
    ),
    undefined,
  ],
  ['stuck detaching before failing to attach', attached(failing, stuck), 'detach-stuck'],
  [
    'a node that is gone, where nodes were not seen',
    {...attached(orphaned), nodes: [], unseen: ['nodes']},
    undefined,
  ],
  ['attachments that were not seen', {...healthy(), unseen: ['volumeAttachments']}, undefined],
  [
    'a volume that was not seen',
    {...attached(failing), persistentVolumes: [], unseen: ['persistentVolumes']},
    undefined,
  ],
])('%s', ([, facts, id]) => {
  expect(idOf(about(rule, facts))).toBe(id)
})
