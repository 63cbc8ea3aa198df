import {behaviourOf, setBehaviour} from '../control-plane/situations/behaviours.ts'
import {isTerminating} from '../control-plane/situations/waits.ts'
import {gone, pod} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {created, db, patch, run, untilSet, working} from './set-steps.ts'

/** A set that is to have other ordinals than before. */
export const scaling: CapturedCauses = {
  'scale-down-blocked-by-replica': {
    ask: 'sts/db',
    proves: ['crash-loop', 'sts-scaledown-blocked-by-replica'],
    not: ['sts-scaledown-two-unhealthy', 'sts-ordered-revision-deadlock', 'pvc-leftover'],
    later: 10,
    arrange: async (api) => {
      await working(api, db({replicas: 4}))
      await setBehaviour(api, NAMESPACE, 'db-1', 'crash')
      await untilSet(api, ({readyReplicas}) => readyReplicas === 3)
      await run(api, 'scale', 'sts/db', '--replicas=2')
      await untilSet(api, () => true)
    },
  },
  'scale-down-two-unhealthy': {
    ask: 'sts/db',
    proves: ['sts-scaledown-two-unhealthy', 'readiness-failing'],
    not: ['sts-scaledown-blocked-by-replica', 'sts-ordered-revision-deadlock', 'svc-unready-not-published'],
    later: 20,
    arrange: async (api) => {
      await working(api, db({replicas: 4}))
      await setBehaviour(api, NAMESPACE, 'db-3', 'not-ready')
      await untilSet(api, ({readyReplicas}) => readyReplicas === 3)
      await setBehaviour(api, NAMESPACE, 'db-2', 'not-ready')
      await untilSet(api, ({readyReplicas}) => readyReplicas === 2)
      await run(api, 'scale', 'sts/db', '--replicas=2')
      await untilSet(api, () => true)
    },
  },
  'scale-down-waits-for-pod': {
    ask: 'sts/db',
    proves: ['term-grace-period', 'sts-scaledown-terminating'],
    not: ['sts-scaledown-two-unhealthy', 'sts-scaledown-blocked-by-replica', 'term-container-wont-die'],
    arrange: async (api) => {
      const podSpec = {terminationGracePeriodSeconds: 600}
      await working(api, db({replicas: 4, annotations: behaviourOf({3: 'hang-terminating'}), podSpec}))
      await run(api, 'scale', 'sts/db', '--replicas=2')
      await pod(api, NAMESPACE, 'db-3', isTerminating)
    },
  },
  'scaled-to-zero': {
    ask: 'sts/db',
    proves: ['sts-scaled-to-zero'],
    not: ['sts-revision-not-created', 'sts-scaledown-terminating'],
    arrange: async (api) => {
      await working(api, db())
      await run(api, 'scale', 'sts/db', '--replicas=0')
      await gone(api, NAMESPACE, 'db-0')
    },
  },
  'ordinals-start-moved': {
    ask: 'sts/db',
    proves: ['sts-ordinals-start-moved'],
    not: ['sts-scaledown-blocked-by-replica', 'sts-scaledown-two-unhealthy'],
    arrange: async (api) => {
      await working(api, db({annotations: behaviourOf({6: 'creating'})}))
      await patch(api, 'sts/db', {spec: {ordinals: {start: 5}}})
      await pod(api, NAMESPACE, 'db-6')
    },
  },
  'needs-later-members': {
    ask: 'sts/db',
    proves: ['readiness-failing', 'sts-quorum-needs-later-ordinals', 'svc-unready-not-published'],
    not: ['sts-ordered-revision-deadlock', 'sts-blocked-by-unready-at-target'],
    later: 20,
    arrange: async (api) => {
      const readinessProbe = {httpGet: {path: '/ready', port: 8080}}
      const containers = [{name: 'app', image: 'registry.example/db:1', readinessProbe}]
      await created(api, db({annotations: behaviourOf({0: 'not-ready'}), podSpec: {containers}}))
      await pod(api, NAMESPACE, 'db-0', ({status}) => status?.phase === 'Running')
    },
  },
}
