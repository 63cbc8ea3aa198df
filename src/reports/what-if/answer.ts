import type {WhatIfReport} from './report.ts'

/** What one kind of change answers: the report without its head. */
export type Answer = Omit<
  WhatIfReport,
  'apiVersion' | 'kind' | 'observedAt' | 'server' | 'omissions' | 'question' | 'assumptions'
>

/** An answer of which only what is said is to be said. */
export function answer(said: Partial<Answer> & Pick<Answer, 'end'>): Answer {
  return {
    steps: [],
    losses: [],
    findings: [],
    pods: [],
    workloads: [],
    daemonSets: [],
    volumesOutOfReach: [],
    command: null,
    ...said,
  }
}
