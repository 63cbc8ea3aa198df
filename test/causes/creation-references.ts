import type {V1PodSpec} from '@kubernetes/client-node'
import type {CapturedCause, CapturedCauses} from './captured-cause.ts'
import {created, db, untilSaid} from './set-steps.ts'

/** The template names something that is not there. */
function missing(id: string, podSpec: Partial<V1PodSpec>, words: string): CapturedCause {
  return {
    ask: 'sts/db',
    proves: [id],
    not: ['create-rbac', 'create-pod-invalid', 'create-podsecurity'],
    later: 10,
    arrange: async (api) => {
      await created(api, db({podSpec}))
      await untilSaid(api, 'FailedCreate', words)
    },
  }
}

export const references: CapturedCauses = {
  'service-account-missing': missing(
    'create-serviceaccount-missing',
    {serviceAccountName: 'database'},
    'error looking up service account',
  ),
  'priority-class-missing': missing(
    'create-priorityclass-missing',
    {priorityClassName: 'business-critical'},
    'no PriorityClass with name',
  ),
  'runtime-class-missing': missing(
    'create-runtimeclass-missing',
    {runtimeClassName: 'gvisor'},
    'RuntimeClass "gvisor" not found',
  ),
}
