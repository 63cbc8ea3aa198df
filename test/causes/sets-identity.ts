import type {V1ConfigMap} from '@kubernetes/client-node'
import {behaviourOf} from '../control-plane/situations/behaviours.ts'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../control-plane/situations/volumes.ts'
import {isTerminating, untilPods, untilReady} from '../control-plane/situations/waits.ts'
import {headlessService, type StatefulSetOptions} from '../control-plane/situations/workloads.ts'
import {pod, waits} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {created, db, run, untilSaid, untilSet, working} from './set-steps.ts'

/** Whose Pods these are, and by what name they are known. */
export const identity: CapturedCauses = {
  'foreign-pod-holds-name': {
    ask: 'sts/db',
    proves: ['sts-name-held-by-foreign-pod'],
    not: ['create-quota-exceeded', 'sts-selector-overlap'],
    arrange: async (api) => {
      const metadata = {name: 'db-1', namespace: NAMESPACE, labels: {run: 'db-1'}}
      const spec = {containers: [{name: 'shell', image: 'busybox'}]}
      await addNodes(api)
      await api.apply({apiVersion: 'v1', kind: 'Pod', metadata, spec})
      await pod(api, NAMESPACE, 'db-1', ({status}) => status?.phase === 'Running')
      await api.apply([headlessService('db', NAMESPACE), db()])
      await untilSet(api, ({readyReplicas}) => readyReplicas === 1)
    },
  },
  'orphans-hold-names': {
    ask: 'sts/db',
    proves: ['sts-name-held-by-foreign-pod'],
    not: ['sts-selector-overlap', 'sts-adopted-pod-volume-mismatch'],
    arrange: async (api) => {
      await working(api, db())
      await run(api, 'delete', 'sts/db', '--cascade=orphan')
      const {spec, ...set} = db({labels: {tier: 'storage'}})
      const selector = {matchLabels: {app: 'db', tier: 'storage'}}
      await api.apply({...set, spec: {...spec, selector}})
      await untilSet(api, () => true)
    },
  },
  'adopted-pod-without-volume': {
    ask: 'sts/db',
    proves: ['sts-adopted-pod-volume-mismatch'],
    not: ['sts-ordered-revision-deadlock', 'sts-name-held-by-foreign-pod', 'create-pvc-failed'],
    arrange: async (api) => {
      const volumes = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
      await working(api, db(), [storageClass(), ...volumes])
      await run(api, 'delete', 'sts/db', '--cascade=orphan')
      await api.apply(db({claims: [claim('data')]}))
      await untilSaid(api, 'FailedUpdate', 'pod updates may not change fields other than')
    },
  },
  'selectors-overlap': {
    ask: 'sts/db',
    proves: ['sts-selector-overlap'],
    not: ['sts-name-held-by-foreign-pod'],
    arrange: async (api) => {
      await working(api, db())
      const copy = db()
      await api.apply({...copy, metadata: {name: 'db-copy', namespace: NAMESPACE}})
      await untilReady(api, NAMESPACE, 'db-copy')
    },
  },
  'set-being-deleted': {
    ask: 'sts/db',
    proves: ['term-container-wont-die', 'sts-being-deleted'],
    not: ['sts-sync-error-silent', 'sts-generation-lag-controller-down'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({annotations: behaviourOf({1: 'hang-terminating'})}))
      await run(api, 'delete', 'sts/db', '--cascade=foreground', '--wait=false')
      await untilPods(api, NAMESPACE, 1, isTerminating)
    },
  },
  // Of a set that is well it is not said: it matters to who is about to change it.
  'owned-by-operator': {
    ask: 'sts/db',
    proves: ['image-pull-backoff', 'sts-owned-by-operator'],
    not: ['sts-being-deleted', 'sts-ordered-revision-deadlock'],
    later: 10,
    arrange: async (api) => {
      // any object can be an owner; that of an operator would need its resource definition
      const orders = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'orders', namespace: NAMESPACE}}
      await api.apply(orders)
      const {metadata} = await api.get<V1ConfigMap>(`/api/v1/namespaces/${NAMESPACE}/configmaps/orders`)
      const owner = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'orders',
        uid: metadata?.uid ?? '',
        controller: true,
      }
      const owned = (options: StatefulSetOptions) => {
        const set = db(options)
        return {...set, metadata: {...set.metadata, ownerReferences: [owner]}}
      }
      await working(api, owned({image: 'db:1'}))
      await api.apply(owned({image: 'db:nosuch', annotations: behaviourOf({2: 'image-pull'})}))
      await pod(api, NAMESPACE, 'db-2', waits('ImagePullBackOff'))
    },
  },
  'pods-of-other-service': {
    ask: 'sts/db',
    proves: ['svc-hostname-not-published'],
    not: ['svc-missing', 'svc-not-headless', 'svc-selector-mismatch', 'sts-adopted-pod-volume-mismatch'],
    arrange: async (api) => {
      await working(api, db(), [headlessService('db-peers', NAMESPACE, {app: 'db'})])
      await run(api, 'delete', 'sts/db', '--cascade=orphan')
      await api.apply(db({spec: {serviceName: 'db-peers'}}))
      await untilReady(api, NAMESPACE, 'db')
    },
  },
  'endpoint-written-by-hand': {
    ask: 'sts/db',
    proves: ['svc-endpoint-stale'],
    not: ['svc-hostname-not-published', 'svc-selector-mismatch', 'svc-not-headless'],
    later: 1,
    arrange: async (api) => {
      await working(api, db())
      const labels = {
        'kubernetes.io/service-name': 'db',
        'endpointslice.kubernetes.io/managed-by': 'somebody',
      }
      await api.apply({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {name: 'db-before-the-move', namespace: NAMESPACE, labels},
        addressType: 'IPv4',
        endpoints: [{addresses: ['10.99.0.7'], hostname: 'db-1'}],
        ports: [],
      })
    },
  },
  'service-missing': {
    ask: 'sts/db',
    proves: ['svc-missing'],
    not: ['svc-not-headless', 'svc-selector-mismatch', 'svc-unready-not-published'],
    arrange: async (api) => {
      await addNodes(api)
      await api.apply(db())
      await untilReady(api, NAMESPACE, 'db')
    },
  },
  'service-not-headless': {
    ask: 'sts/db',
    proves: ['svc-not-headless'],
    not: ['svc-missing', 'svc-selector-mismatch'],
    arrange: async (api) => {
      const {spec, ...service} = headlessService('db', NAMESPACE)
      await addNodes(api)
      await api.apply([{...service, spec: {...spec, clusterIP: undefined}}, db()])
      await untilReady(api, NAMESPACE, 'db')
    },
  },
  'service-selects-others': {
    ask: 'sts/db',
    proves: ['svc-selector-mismatch'],
    not: ['svc-missing', 'svc-not-headless'],
    arrange: async (api) => {
      await addNodes(api)
      await api.apply([headlessService('db', NAMESPACE, {app: 'database'}), db()])
      await untilReady(api, NAMESPACE, 'db')
    },
  },
  'unready-not-published': {
    ask: 'sts/db',
    proves: ['readiness-failing', 'svc-unready-not-published'],
    not: ['svc-missing', 'svc-selector-mismatch'],
    later: 20,
    arrange: async (api) => {
      const spec = {podManagementPolicy: 'Parallel'}
      const annotations = behaviourOf({0: 'not-ready', 1: 'not-ready', 2: 'not-ready'})
      await created(api, db({annotations, spec}))
      await untilPods(api, NAMESPACE, 3, ({status}) => status?.phase === 'Running')
    },
  },
}
