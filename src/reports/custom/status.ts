import {relate} from '../../model/relations.ts'
import {headerOf, type Question} from '../report.ts'
import {statusOf, worstFirst} from '../status/question.ts'
import type {StatusReport} from '../status/report.ts'
import {customNeeds} from './needs.ts'
import {rolledIn} from './rollout.ts'

/** How do objects of operators stand? */
export const customStatusQuestion: Question<StatusReport> = {
  needs: () => [],
  more: customNeeds,
  build: (snapshot) => ({
    ...headerOf('StatusReport', snapshot),
    workloads: rolledIn(relate(snapshot)).map(statusOf).toSorted(worstFirst),
  }),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, group, name}) => `${kind.toLowerCase()}.${group}/${name}`),
}
