import {asRequested} from '../../../src/model/as-requested.ts'
import type {ClusterSnapshot, Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import {whyQuestion} from '../../../src/reports/why/question.ts'
import type {WhyReport} from '../../../src/reports/why/report.ts'
import type {WhyKind} from '../../../src/reports/why/subject.ts'
import {snapshot} from '../../builders.ts'

export const scopeOf = (resource: WhyKind, name: string) => ({namespace: 'shop', names: [{resource, name}]})

/** The answer from such a cluster. */
export function why(
  resource: WhyKind,
  name: string,
  facts: Partial<Observed>,
  unseen: readonly ResourceKey[] = [],
): WhyReport {
  const scope = scopeOf(resource, name)
  const all = snapshot(facts, unseen)
  return whyQuestion.build(
    asRequested(all, [...whyQuestion.needs(scope), ...whyQuestion.more(all, scope)]),
    scope,
  )
}

/** The chain as `Kind name state`. */
export function links({chain}: WhyReport): readonly string[] {
  return chain.map(({kind, name, state}) => `${kind} ${name} ${state}`)
}

/** All that would be asked for, as `get pods/x`, `list pods`, with selectors; round by round. */
export function asked(cluster: ClusterSnapshot, resource: WhyKind, name: string): readonly string[] {
  const scope = scopeOf(resource, name)
  return [...whyQuestion.needs(scope), ...whyQuestion.more(cluster, scope)].map((need) => {
    const what = need.name === undefined ? `list ${need.resource}` : `get ${need.resource}/${need.name}`
    return [what, need.namespace ? '' : '(all)', need.labelSelector, need.fieldSelector]
      .filter(Boolean)
      .join(' ')
  })
}
