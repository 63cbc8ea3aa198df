import type {V1PersistentVolumeClaimCondition} from '@kubernetes/client-node'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {claim} from '../control-plane/situations/volumes.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db} from './scheduling-steps.ts'
import {
  claimEvent,
  claimPath,
  claimStatus,
  drivenClass,
  drivenVolume,
  driver,
  patch,
  RESIZER,
  say,
} from './storage-steps.ts'

const STAGES = [
  'resize-no-resizer',
  'resize-controller-running',
  'resize-controller-failed',
  'resize-infeasible',
  'resize-fs-pending',
  'resize-node-failed',
]
const allBut = (stage: string) => STAGES.filter((each) => each !== stage)

const RESIZING = {
  component: RESIZER,
  reason: 'Resizing',
  message: 'External resizer is resizing volume pvc-1',
}

async function member(api: ControlPlane): Promise<void> {
  await addNodes(api, [node('node-a')])
  await api.apply([driver(), drivenClass({allowVolumeExpansion: true}), drivenVolume('pvc-1')])
  await api.apply(db({claims: [claim('data', {storageClass: 'fast'})]}))
  await ready(api, NAMESPACE, 'db', 1)
}

/** Somebody wants more of the claim than its volume has. */
async function grow(api: ControlPlane, storage: string): Promise<void> {
  await patch(api, claimPath(), {spec: {resources: {requests: {storage}}}})
  await claimEvent(api, 'ExternalExpanding')
}

/** As external-resizer marks where it is. */
async function mark(
  api: ControlPlane,
  word: string,
  storage: string,
  ...marks: readonly Mark[]
): Promise<void> {
  const lastTransitionTime = new Date()
  const conditions = marks.map(
    (each): V1PersistentVolumeClaimCondition => ({...each, status: 'True', lastTransitionTime}),
  )
  const allocatedResourceStatuses = {storage: word}
  await claimStatus(api, 'data-db-0', {allocatedResources: {storage}, allocatedResourceStatuses, conditions})
}

type Mark = Pick<V1PersistentVolumeClaimCondition, 'type' | 'message'>

const failedText = (code: string, text: string) => `rpc error: code = ${code} desc = ${text}`

async function failed(api: ControlPlane, text: string): Promise<void> {
  const message = `resize volume "pvc-1" by resizer "disk.example.com" failed: ${text}`
  await say(api, 'data-db-0', {component: RESIZER, reason: 'VolumeResizeFailed', message})
}

/** A claim is to become what it is not yet. */
export const growingClaims: CapturedCauses = {
  'no-resizer': {
    ask: 'sts/db',
    proves: ['resize-no-resizer'],
    not: [...allBut('resize-no-resizer'), 'pvc-external-wait'],
    later: 10,
    arrange: async (api) => {
      await member(api)
      await grow(api, '20Gi')
    },
  },
  'resize-running': {
    ask: 'pvc/data-db-0',
    proves: ['resize-controller-running'],
    not: allBut('resize-controller-running'),
    later: 1,
    arrange: async (api) => {
      await member(api)
      await grow(api, '20Gi')
      await mark(api, 'ControllerResizeInProgress', '20Gi', {type: 'Resizing'})
      await say(api, 'data-db-0', RESIZING)
    },
  },
  'resize-failed': {
    ask: 'sts/db',
    proves: ['resize-controller-failed'],
    not: allBut('resize-controller-failed'),
    later: 10,
    arrange: async (api) => {
      await member(api)
      await grow(api, '20Gi')
      const text = failedText('ResourceExhausted', 'pool fast-1 has 3Gi left of 2Ti')
      const error = {type: 'ControllerResizeError', message: `failed to expand pvc with ${text}`}
      await mark(api, 'ControllerResizeInProgress', '20Gi', {type: 'Resizing'}, error)
      await say(api, 'data-db-0', RESIZING)
      await failed(api, text)
    },
  },
  'resize-infeasible': {
    ask: 'sts/db',
    proves: ['resize-infeasible'],
    not: allBut('resize-infeasible'),
    later: 10,
    arrange: async (api) => {
      await member(api)
      await grow(api, '64Ti')
      const text = failedText('OutOfRange', 'a disk of this tier has 16Ti at most')
      const error = {type: 'ControllerResizeError', message: `failed to expand pvc with ${text}`}
      await mark(api, 'ControllerResizeInfeasible', '64Ti', {type: 'Resizing'}, error)
      await say(api, 'data-db-0', RESIZING)
      await failed(api, text)
    },
  },
  'resize-waits-for-file-system': {
    ask: 'sts/db',
    proves: ['resize-fs-pending'],
    not: allBut('resize-fs-pending'),
    later: 10,
    arrange: async (api) => {
      await member(api)
      await grow(api, '20Gi')
      await patch(api, '/api/v1/persistentvolumes/pvc-1', {spec: {capacity: {storage: '20Gi'}}})
      const message = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.'
      await mark(api, 'NodeResizePending', '20Gi', {type: 'FileSystemResizePending', message})
      await say(api, 'data-db-0', RESIZING)
      const component = RESIZER
      const said = 'Require file system resize of volume on node'
      await say(api, 'data-db-0', {component, reason: 'FileSystemResizeRequired', message: said})
    },
  },
  'attributes-class-missing': {
    ask: 'sts/db',
    proves: ['vac-missing'],
    not: ['vac-failed', 'vac-modify-pending', 'resize-no-resizer'],
    later: 10,
    arrange: async (api) => {
      await member(api)
      await patch(api, claimPath(), {spec: {volumeAttributesClassName: 'gold'}})
      await claimStatus(api, 'data-db-0', {modifyVolumeStatus: {status: 'Pending'}})
      const message = 'VAC "gold" does not exist.'
      await say(api, 'data-db-0', {component: RESIZER, reason: 'VolumeModifyFailed', message})
    },
  },
  'attributes-class-refused': {
    ask: 'sts/db',
    proves: ['vac-failed'],
    not: ['vac-missing', 'vac-modify-pending', 'resize-controller-failed'],
    later: 10,
    arrange: async (api) => {
      await member(api)
      const parameters = {iops: '90000'}
      const gold = {kind: 'VolumeAttributesClass', metadata: {name: 'gold'}, driverName: 'disk.example.com'}
      await api.apply({apiVersion: 'storage.k8s.io/v1', ...gold, parameters})
      await patch(api, claimPath(), {spec: {volumeAttributesClassName: 'gold'}})
      const text = 'a disk of 10Gi has 5000 iops at most'
      const conditions = [
        {type: 'ModifyingVolume', message: 'Modifying volume to "gold" failed. Waiting for retry.'},
        {type: 'ModifyVolumeError', reason: 'InvalidArgument', message: text},
      ].map((each) => ({...each, status: 'True'}))
      const modifyVolumeStatus = {status: 'Infeasible', targetVolumeAttributesClassName: 'gold'}
      await claimStatus(api, 'data-db-0', {conditions, modifyVolumeStatus})
      const message = failedText('InvalidArgument', text)
      await say(api, 'data-db-0', {component: RESIZER, reason: 'VolumeModifyFailed', message})
    },
  },
}
