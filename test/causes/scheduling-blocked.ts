import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {pod} from '../scenarios/situation.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {db} from './scheduling-steps.ts'

/** Nobody has looked for a node yet. */
export const blocked: CapturedCauses = {
  'scheduling-gate': {
    ask: 'sts/db',
    proves: ['sched-gated'],
    not: ['sched-no-scheduler', 'sched-unschedulable'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply(db({podSpec: {schedulingGates: [{name: 'queue.example/admission'}]}}))
      await pod(api, NAMESPACE, 'db-0', ({status}) => status?.conditions?.[0]?.reason === 'SchedulingGated')
    },
  },
  'no-scheduler': {
    ask: 'sts/db',
    proves: ['sched-no-scheduler'],
    not: ['sched-gated', 'sched-unschedulable', 'sched-no-nodes'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api, [node('node-a')])
      await api.apply(db({podSpec: {schedulerName: 'fast-scheduler'}}))
      await pod(api, NAMESPACE, 'db-0')
    },
  },
}
