import {type Relations, relate} from '../../model/relations.ts'
import type {Scope} from '../../model/scope.ts'
import type {ClusterSnapshot, PodLog} from '../../model/snapshot.ts'
import {headerOf, type Question} from '../report.ts'
import {claimExplainer} from './claim.ts'
import {daemonSetExplainer} from './daemon-set.ts'
import type {Explainer} from './explanation.ts'
import {wantedLogs} from './logs.ts'
import {marked} from './marked.ts'
import {nodeExplainer} from './node.ts'
import {podExplainer} from './pod.ts'
import {repeatedWarning} from './repeated-warning.ts'
import type {WhyReport} from './report.ts'
import {statefulSetExplainer} from './stateful-set.ts'
import {nameWithType, requestedSubject, subjectOf, subjectsIn, type WhyKind} from './subject.ts'
import {timelineOf} from './timeline.ts'

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
  narrow,
  scopeIn: withNamespace,
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

function narrow(scope: Scope): Pick<Question<WhyReport>, 'needs' | 'more'> | undefined {
  const reads = explainerFor(scope).narrow?.(scope)
  return reads && {needs: reads.needs, more: (snapshot, of) => reads.more(relate(snapshot), of)}
}

function explainerFor(scope: Scope): Explainer {
  return EXPLAINERS[requestedSubject(scope).key]
}

function logsFor(relations: Relations, scope: Scope): readonly Omit<PodLog, 'lines'>[] {
  return wantedLogs(explainerFor(scope).explain(relations, scope).chain, relations)
}

function build(snapshot: ClusterSnapshot, scope: Scope): WhyReport {
  const relations = relate(snapshot)
  const explanation = explainerFor(scope).explain(relations, scope)
  const {findings} = explanation
  const chain = marked(explanation.chain, findings)
  const subject = subjectOf(snapshot, scope)
  const about = findings.map(({object}) => object)
  const timeline = timelineOf([subject, ...chain, ...explanation.others, ...about], relations)
  const warning = repeatedWarning(timeline, findings, snapshot.observedAt)
  return {
    ...headerOf('WhyReport', snapshot),
    subject,
    summary: explanation.summary,
    chain,
    timeline,
    findings,
    ...(warning && {warning}),
    ...(snapshot.logs && {logs: snapshot.logs}),
  }
}

/** Of a file that does not say which namespace is meant: the one where that name is; of several, whoever asks has to say. */
function withNamespace(snapshot: ClusterSnapshot, scope: Scope): Scope {
  const [only, another] = subjectsIn(snapshot, scope)
  const namespace = another ? undefined : only?.metadata?.namespace
  return {...scope, ...(namespace !== undefined && {namespace})}
}
