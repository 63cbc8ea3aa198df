import {behaviour, behaviourOf, setBehaviour} from '../control-plane/situations/behaviours.ts'
import {pod, waits} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {quota} from './creation-limits.ts'
import {created, db, patch, run, untilSaid, untilSet, working} from './set-steps.ts'

const OVER_AND_DONE = ['sts-blocked-by-unready-at-target', 'sts-partition-hold', 'sts-ondelete-waiting']

const partition = (count: number) => ({
  updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: count}},
})

/** A rollout that is stalled or held, by mistake or by design. */
export const rollouts: CapturedCauses = {
  'trap-after-revert': {
    ask: 'sts/db',
    proves: ['sts-ordered-revision-deadlock'],
    not: OVER_AND_DONE,
    later: 10,
    arrange: async (api) => {
      await working(api, db({image: 'db:1'}))
      await api.apply(db({image: 'db:nosuch', annotations: behaviourOf({2: 'image-pull'})}))
      await pod(api, NAMESPACE, 'db-2', waits('ImagePullBackOff'))
      await api.apply(db({image: 'db:1'}))
      await untilSet(api, ({updateRevision, currentRevision}) => updateRevision === currentRevision)
    },
  },
  'trap-rolling-forward': {
    ask: 'sts/db',
    proves: ['sts-ordered-revision-deadlock'],
    not: OVER_AND_DONE,
    later: 10,
    arrange: async (api) => {
      await working(api, db({image: 'db:1'}))
      await api.apply(db({image: 'db:2', annotations: behaviourOf({2: 'crash'})}))
      await pod(api, NAMESPACE, 'db-2', waits('CrashLoopBackOff'))
      const revision = (await pod(api, NAMESPACE, 'db-2')).metadata?.labels?.['controller-revision-hash']
      await api.apply(db({image: 'db:3'}))
      await untilSet(api, ({updateRevision}) => updateRevision !== revision)
    },
  },
  'trap-at-first-start': {
    ask: 'sts/db',
    proves: ['sts-ordered-revision-deadlock'],
    not: OVER_AND_DONE,
    later: 10,
    arrange: async (api) => {
      await created(api, db({image: 'db:1', annotations: behaviour('crash')}))
      await pod(api, NAMESPACE, 'db-0', waits('CrashLoopBackOff'))
      await api.apply(db({image: 'db:2'}))
      await untilSet(api, ({updateRevision, currentRevision}) => updateRevision !== currentRevision)
    },
  },
  'unready-at-target': {
    ask: 'sts/db',
    // that it holds the set up is what its own cause is told instead of
    proves: ['crash-loop'],
    not: ['sts-ordered-revision-deadlock', 'sts-partition-hold', 'sts-ordered-lower-ordinal-blocks'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({image: 'db:1'}))
      await api.apply(db({image: 'db:2', annotations: behaviourOf({2: 'crash'})}))
      await pod(api, NAMESPACE, 'db-2', waits('CrashLoopBackOff'))
    },
  },
  'lower-ordinal-blocks': {
    ask: 'sts/db',
    proves: ['crash-loop', 'sts-ordered-lower-ordinal-blocks'],
    not: ['sts-ordered-revision-deadlock', 'sts-partition-hold'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({image: 'db:1', spec: partition(1)}))
      await setBehaviour(api, NAMESPACE, 'db-0', 'crash')
      await untilSet(api, ({readyReplicas}) => readyReplicas === 2)
      await api.apply(db({image: 'db:2', spec: partition(1)}))
      await untilSet(api, ({updateRevision, currentRevision}) => updateRevision !== currentRevision)
    },
  },
  'partition-holds': {
    ask: 'sts/db',
    proves: ['sts-partition-hold'],
    not: ['sts-ordered-revision-deadlock', 'sts-ondelete-waiting', 'sts-partition-all-held'],
    arrange: async (api) => {
      await working(api, db({image: 'db:1', spec: partition(2)}))
      await api.apply(db({image: 'db:2', spec: partition(2)}))
      await untilSet(api, ({updatedReplicas, readyReplicas}) => updatedReplicas === 1 && readyReplicas === 3)
    },
  },
  'partition-holds-all': {
    ask: 'sts/db',
    proves: ['sts-partition-all-held'],
    not: ['sts-partition-hold', 'sts-revision-not-created'],
    arrange: async (api) => {
      await working(api, db({image: 'db:1', spec: partition(3)}))
      await api.apply(db({image: 'db:2', spec: partition(3)}))
      await untilSet(api, ({updateRevision, currentRevision}) => updateRevision !== currentRevision)
    },
  },
  'partition-raised-late': {
    ask: 'sts/db',
    proves: ['sts-partition-raised-after-update'],
    not: ['sts-ordered-revision-deadlock'],
    arrange: async (api) => {
      await working(api, db({image: 'db:1', spec: partition(1)}))
      await api.apply(db({image: 'db:2', spec: partition(1)}))
      await untilSet(api, ({updatedReplicas, readyReplicas}) => updatedReplicas === 2 && readyReplicas === 3)
      await patch(api, 'sts/db', {spec: partition(2)})
      await untilSet(api, () => true)
    },
  },
  'on-delete-waits': {
    ask: 'sts/db',
    proves: ['sts-ondelete-waiting'],
    not: ['sts-ordered-revision-deadlock', 'sts-partition-hold'],
    arrange: async (api) => {
      const onDelete = {updateStrategy: {type: 'OnDelete'}}
      await working(api, db({image: 'db:1', spec: onDelete}))
      await api.apply(db({image: 'db:2', spec: onDelete}))
      await untilSet(api, ({updateRevision, currentRevision}) => updateRevision !== currentRevision)
      await run(api, 'delete', 'pod', 'db-2')
      await untilSet(api, ({updatedReplicas, readyReplicas}) => updatedReplicas === 1 && readyReplicas === 3)
    },
  },
  'min-ready-seconds': {
    ask: 'sts/db',
    proves: ['sts-min-ready-seconds'],
    not: ['sts-blocked-by-unready-at-target', 'ready-flapping'],
    arrange: async (api) => {
      await created(api, db({spec: {minReadySeconds: 600}}))
      await untilSet(api, ({readyReplicas}) => readyReplicas === 1)
    },
  },
  'parallel-stopped-by-quota': {
    ask: 'sts/db',
    proves: ['create-quota-exceeded'],
    not: ['sts-ordered-revision-deadlock', 'sts-parallel-waits-for-updated'],
    later: 10,
    arrange: async (api) => {
      const spec = {podManagementPolicy: 'Parallel'}
      await working(api, db({image: 'db:1', spec}))
      await quota(api, {pods: '2'})
      await run(api, 'delete', 'pod', 'db-0')
      await untilSaid(api, 'FailedCreate', 'exceeded quota')
      await api.apply(db({image: 'db:2', spec}))
      await untilSet(api, ({updateRevision, currentRevision}) => updateRevision !== currentRevision)
    },
  },
  'parallel-scaled-down-under-quota': {
    ask: 'sts/db',
    proves: ['create-quota-exceeded'],
    not: ['sts-scaledown-blocked-by-replica', 'sts-sync-error-silent', 'sts-create-failed'],
    later: 10,
    arrange: async (api) => {
      const spec = {podManagementPolicy: 'Parallel'}
      await working(api, db({replicas: 6, spec}))
      await quota(api, {pods: '5'})
      await run(api, 'delete', 'pod', 'db-1')
      await untilSaid(api, 'FailedCreate', 'exceeded quota')
      await run(api, 'scale', 'sts', 'db', '--replicas=4')
      await untilSet(api, ({replicas}) => replicas === 5)
    },
  },
  'parallel-waits-for-updated': {
    ask: 'sts/db',
    proves: ['container-creating-quiet'],
    not: ['sts-ordered-revision-deadlock', 'sts-parallel-maxunavailable-budget'],
    later: 20,
    arrange: async (api) => {
      const spec = {podManagementPolicy: 'Parallel'}
      await working(api, db({image: 'db:1', spec}))
      await api.apply(db({image: 'db:2', annotations: behaviourOf({2: 'creating'}), spec}))
      await pod(api, NAMESPACE, 'db-2', waits('ContainerCreating'))
    },
  },
}
