import {expect, test} from 'vitest'
import {attachment as rule} from '../../../src/diagnosis/claim/attachment.ts'
import {DETACH_DANGER} from '../../../src/diagnosis/pod/volumes/attach-messages.ts'
import {attachment, healthy, NOW} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

type Attachment = ReturnType<typeof attachment>

function attached(...volumeAttachments: readonly Attachment[]): Facts {
  return {...healthy(), volumeAttachments}
}

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const REMEDY = {
  look: ['kubectl describe volumeattachment csi-1'],
  act: [{text: "see why the storage driver's controller or the node fails", commands: []}],
  risk: '',
  avoid: DETACH_DANGER,
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
    message: "The volume can't be attached to node node-a (claim data-web-0)",
    object: CLAIM,
    since: NOW,
    evidence: ['volumeattachment/csi-1 on node node-a: no slots'],
    selfHealing: 'maybe',
    remedy: REMEDY,
  })
})

test('detaching fails, which no event says', () => {
  expect(about(rule, attached(stuck))).toEqual({
    id: 'detach-stuck',
    severity: 'error',
    message: "The volume can't be detached from node node-a (claim data-web-0)",
    object: CLAIM,
    since: NOW,
    evidence: ['volumeattachment/csi-1 on node node-a: busy'],
    selfHealing: 'maybe',
    remedy: REMEDY,
  })
})

test('an attachment outlives its node', () => {
  expect(about(rule, attached(orphaned))).toEqual({
    id: 'va-orphan',
    severity: 'warning',
    message: 'The volume is still attached to node node-z, which no longer exists (claim data-web-0)',
    object: CLAIM,
    evidence: ['volumeattachment/csi-1 on node node-z'],
    selfHealing: 'maybe',
    remedy: {
      ...REMEDY,
      act: [
        {
          text: "see whether the storage driver's controller runs: it detaches volumes from nodes that no longer exist",
          commands: [],
        },
      ],
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
