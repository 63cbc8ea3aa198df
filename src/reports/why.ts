import {type Relations, relate} from '../model/relations.ts'
import type {Scope} from '../model/scope.ts'
import type {ClusterSnapshot, PodLog} from '../model/snapshot.ts'
import {headerOf, type Question} from './report.ts'
import {asAsked} from './why-as-asked.ts'
import {claimExplainer} from './why-claim.ts'
import {daemonSetExplainer} from './why-daemon-set.ts'
import type {Explainer} from './why-explanation.ts'
import {causeFirst, marked} from './why-findings.ts'
import {wantedLogs} from './why-logs.ts'
import {nodeExplainer} from './why-node.ts'
import {podExplainer} from './why-pod.ts'
import type {WhyReport} from './why-report.ts'
import {statefulSetExplainer} from './why-stateful-set.ts'
import {askedFor, nameWithType, subjectOf, subjectsIn, type WhyKind} from './why-subject.ts'
import {timelineOf} from './why-timeline.ts'

const EXPLAINERS: Readonly<Record<WhyKind, Explainer>> = {
  statefulSets: statefulSetExplainer,
  daemonSets: daemonSetExplainer,
  pods: podExplainer,
  persistentVolumeClaims: claimExplainer,
  nodes: nodeExplainer,
}

/** Why is this one thing not well: the chain of evidence, the cause, and what to do? */
export const whyQuestion: Question<WhyReport> = {
  needs: (scope) => explainerFor(scope).needs(scope),
  more: (snapshot, scope) => explainerFor(scope).more(relate(snapshot), scope),
  build,
  findings: ({findings}) => findings,
  namespaces: ({subject}) => [subject.namespace ?? ''],
  names: ({subject}) => [nameWithType(subject)],
}

/** The same question, with the end of what the failing container has said. */
export const whyWithLogsQuestion: Question<WhyReport> = {
  ...whyQuestion,
  logs: (snapshot, scope) => logsFor(relate(snapshot), scope),
}

function explainerFor(scope: Scope): Explainer {
  return EXPLAINERS[askedFor(scope).key]
}

function logsFor(relations: Relations, scope: Scope): readonly Omit<PodLog, 'lines'>[] {
  return wantedLogs(explainerFor(scope).explain(relations, scope).chain, relations)
}

function build(snapshot: ClusterSnapshot, scope: Scope): WhyReport {
  const one = withNamespace(scope, snapshot)
  const {needs, more, explain} = explainerFor(scope)
  const relations = relate(asAsked(snapshot, [...needs(one), ...more(relate(snapshot), one)]))
  const explanation = explain(relations, one)
  const findings = causeFirst(explanation.findings, explanation.chain)
  const chain = marked(explanation.chain, findings)
  const subject = subjectOf(snapshot, scope)
  const about = findings.map(({object}) => object)
  return {
    ...headerOf('WhyReport', snapshot),
    subject,
    chain,
    timeline: timelineOf([subject, ...chain, ...explanation.others, ...about], relations),
    findings,
    ...(snapshot.logs && {logs: snapshot.logs}),
  }
}

/** Of a file that does not say which namespace is meant: the one where the first of that name is. */
function withNamespace(scope: Scope, snapshot: ClusterSnapshot): Scope {
  const namespace = subjectsIn(snapshot, scope)[0]?.metadata?.namespace
  return {...scope, ...(namespace !== undefined && {namespace})}
}
