import {setTimeout as sleep} from 'node:timers/promises'
import type {V1PersistentVolumeClaim, V1PersistentVolumeClaimSpec} from '@kubernetes/client-node'
import {addNodes, node, threeZones} from '../control-plane/situations/nodes.ts'
import {claim, handMadeClaim} from '../control-plane/situations/volumes.ts'
import {untilClaim} from '../control-plane/situations/waits.ts'
import {until} from '../control-plane/tools/until.ts'
import {kubectl, pod, ready} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db, refused} from './scheduling-steps.ts'
import {claimEvent, claimPath, drivenClass, drivenVolume, driver, PROVISIONER, say} from './storage-steps.ts'

const LAZY = {volumeBindingMode: 'WaitForFirstConsumer'}
const FAST = {claims: [claim('data', {storageClass: 'fast'})]}
const PROVISIONING = {
  component: PROVISIONER,
  reason: 'Provisioning',
  message: `External provisioner is provisioning volume for claim "${NAMESPACE}/data-db-0"`,
}
const DRIVER_SAYS = 'failed to provision volume with StorageClass "fast": rpc error: code ='

function template(spec: Partial<V1PersistentVolumeClaimSpec>): {claims: V1PersistentVolumeClaim[]} {
  const {storageClassName: _, ...rest} = claim('data').spec ?? {}
  return {claims: [{...claim('data'), spec: {...rest, ...spec}}]}
}

/** No volume comes. */
export const pendingClaims: CapturedCauses = {
  'no-default-class': {
    ask: 'sts/db',
    proves: ['pvc-no-class'],
    not: ['pvc-class-empty-static', 'pvc-class-missing', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([drivenClass(), ...db(template({}))])
      await refused(api)
      await claimEvent(api, 'FailedBinding')
    },
  },
  'class-missing': {
    ask: 'sts/db',
    proves: ['pvc-class-missing'],
    not: ['pvc-no-class', 'pvc-provisioning-failed'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([drivenClass(), ...db({claims: [claim('data', {storageClass: 'fats'})]})])
      await refused(api)
      await claimEvent(api, 'ProvisioningFailed')
    },
  },
  'class-empty-static': {
    ask: 'sts/db',
    proves: ['pvc-class-empty-static'],
    not: ['pvc-no-class', 'pvc-class-missing'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([drivenClass(), ...db(template({storageClassName: ''}))])
      await refused(api)
      await claimEvent(api, 'FailedBinding')
    },
  },
  'provisioner-not-there': {
    ask: 'sts/db',
    proves: ['pvc-external-wait'],
    not: ['pvc-provisioning-failed', 'pvc-class-missing', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([driver(), drivenClass(), ...db(FAST)])
      await refused(api)
      await claimEvent(api, 'ExternalProvisioning')
    },
  },
  'provisioner-not-there-lazy': {
    ask: 'sts/db',
    proves: ['pvc-external-wait'],
    not: ['sched-no-scheduler', 'pvc-wffc-pod-unscheduled', 'pvc-wffc-no-consumer'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([driver(), drivenClass(LAZY), ...db(FAST)])
      await pod(api, NAMESPACE, 'db-0')
      await claimEvent(api, 'ExternalProvisioning')
    },
  },
  'provisioning-failed': {
    ask: 'sts/db',
    proves: ['pvc-provisioning-failed'],
    not: ['pvc-external-wait', 'pvc-provisioning-infeasible', 'pvc-class-missing'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([driver(), drivenClass(), ...db(FAST)])
      await refused(api)
      await claimEvent(api, 'ExternalProvisioning')
      await say(api, 'data-db-0', PROVISIONING)
      const message = `${DRIVER_SAYS} ResourceExhausted desc = pool fast-1 has 3Gi left of 2Ti`
      await say(api, 'data-db-0', {component: PROVISIONER, reason: 'ProvisioningFailed', message})
    },
  },
  'provisioning-infeasible': {
    ask: 'sts/db',
    proves: ['pvc-provisioning-infeasible'],
    not: ['pvc-external-wait', 'pvc-provisioning-failed'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([driver(), drivenClass(), ...db(FAST)])
      await refused(api)
      await claimEvent(api, 'ExternalProvisioning')
      await say(api, 'data-db-0', PROVISIONING)
      const text = `${DRIVER_SAYS} InvalidArgument desc = parameter "tier": unknown value "gold"`
      const message = `Volume provisioning failed with infeasible error. Retries will be delayed. ${text}`
      await say(api, 'data-db-0', {component: PROVISIONER, reason: 'ProvisioningFailed', message})
    },
  },
  'chosen-node-gone': {
    ask: 'sts/db',
    proves: ['pvc-selected-node-stale'],
    not: ['sched-no-pv-to-bind', 'sched-insufficient-cpu', 'pvc-external-wait'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, threeZones())
      await api.apply([driver(), drivenClass(LAZY), ...db(FAST)])
      await claimEvent(api, 'ExternalProvisioning')
      const read = () => api.get<V1PersistentVolumeClaim>(claimPath())
      const chosen = ({metadata}: V1PersistentVolumeClaim) =>
        metadata?.annotations?.['volume.kubernetes.io/selected-node']
      const seen = await until('a node is chosen', read, (each) => chosen(each) !== undefined)
      await kubectl(api, 'delete', 'node', chosen(seen) ?? '')
      await kubectl(api, 'delete', 'pod', '-n', NAMESPACE, 'db-0')
      await refused(api)
    },
  },
  'claim-without-pod': {
    ask: 'pvc/spare',
    proves: ['pvc-wffc-no-consumer'],
    not: ['pvc-wffc-pod-unscheduled', 'pvc-external-wait', 'sched-no-pv-to-bind'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply([driver(), drivenClass(LAZY)])
      await api.apply(handMadeClaim('spare', NAMESPACE, {storageClassName: 'fast'}))
      await untilClaim(api, NAMESPACE, 'spare', 'Pending')
      await claimEvent(api, 'WaitForFirstConsumer', 'spare')
    },
  },
  'several-default-classes': {
    ask: 'sts/db',
    proves: ['pvc-multiple-defaults'],
    not: ['pvc-no-class'],
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      const annotations = {'storageclass.kubernetes.io/is-default-class': 'true'}
      const byDefault = (name: string) => drivenClass({metadata: {name, annotations}})
      await api.apply([driver(), byDefault('cheap'), drivenVolume('pvc-1')])
      // which one is the newest is told in seconds
      await sleep(1100)
      await api.apply([byDefault('fast'), ...db(template({}))])
      await ready(api, NAMESPACE, 'db', 1)
    },
  },
}
