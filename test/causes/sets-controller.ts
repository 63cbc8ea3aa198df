import type {V1Lease} from '@kubernetes/client-node'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import type {CapturedCauses} from './captured-cause.ts'
import {withArgument} from './component-with-argument.ts'
import {quota} from './creation-limits.ts'
import {db, patch, untilSaid, working} from './set-steps.ts'

const LEASE = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-controller-manager'

/** The controller does not come as far as writing a status. */
export const controllers: CapturedCauses = {
  'controller-down': {
    ask: 'sts/db',
    proves: ['sts-generation-lag-controller-down'],
    not: ['sts-revision-not-created', 'sts-ordered-revision-deadlock', 'sts-sync-error-silent'],
    later: 10,
    isWhole: true,
    arrange: controllerDown,
  },
  // Who reads one namespace does not read the Lease, and can only be told to look at it.
  'controller-down-unread': {
    ask: 'sts/db',
    proves: ['sts-sync-error-silent'],
    not: ['sts-revision-not-created', 'sts-ordered-revision-deadlock'],
    later: 10,
    arrange: controllerDown,
  },
  // The controller is alive, and the harness runs it without a Lease: that is what a managed control plane looks like.
  'revision-refused': {
    ask: 'sts/db',
    proves: ['sts-sync-error-silent'],
    not: ['sts-generation-lag-controller-down', 'sts-revision-not-created'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({image: 'db:1'}))
      await quota(api, {'count/controllerrevisions.apps': '1'})
      await api.apply(db({image: 'db:2'}))
    },
  },
  // What its gate lets in stays when the gate is off again: API server and controller manager do not have it.
  'recreate-without-gate': {
    ask: 'sts/db',
    proves: ['sts-recreate-ignored'],
    not: ['sts-recreate-terminating', 'sts-sync-error-silent'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({image: 'db:1'}))
      await withArgument(
        api,
        'kube-apiserver',
        '--feature-gates=StatefulSetRecreateStrategy=true',
        async () => {
          await until('the API server is ready', () => api.get('/readyz'))
          const updateStrategy = {type: 'Recreate', rollingUpdate: null}
          await patch(api, 'sts/db', {spec: {updateStrategy, template: {metadata: {labels: {version: '2'}}}}})
        },
      )
      await api.startComponent('kube-apiserver')
      await untilSaid(api, 'UnknownStrategy', 'Recreate')
    },
  },
}

async function controllerDown(api: ControlPlane): Promise<void> {
  await working(api, db({image: 'db:1'}))
  await withArgument(api, 'kube-controller-manager', '--leader-elect=true', async () => {
    const lease = () => api.get<V1Lease>(LEASE)
    await until('the Lease is held', lease, ({spec}) => spec?.renewTime !== undefined)
  })
  await api.apply(db({image: 'db:2'}))
}
