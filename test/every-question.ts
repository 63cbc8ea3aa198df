/** All that may be asked about a cluster. */
import {type KubernetesObject, nameOf, namespaceOf} from '../src/model/objects.ts'
import type {Scope} from '../src/model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from '../src/model/snapshot.ts'
import {coverageQuestion} from '../src/reports/coverage/question.ts'
import {leftoversQuestion} from '../src/reports/leftovers/question.ts'
import {mapQuestion, mapWithNamesQuestion, mapWithUsageQuestion} from '../src/reports/map/question.ts'
import type {Question, ReportHeader} from '../src/reports/report.ts'
import {rolloutQuestion} from '../src/reports/rollout/question.ts'
import {statusQuestion} from '../src/reports/status/question.ts'
import {whyQuestion} from '../src/reports/why/question.ts'
import {whyKinds} from '../src/reports/why/subject.ts'

/** A question, and about what it is asked. */
export interface Asked {
  readonly text: string
  readonly question: Question<ReportHeader<string>>
  readonly scope: Scope
}

const questions = {
  map: mapQuestion,
  'map -o wide': mapWithNamesQuestion,
  coverage: coverageQuestion,
  rollout: rolloutQuestion,
  status: statusQuestion,
  leftovers: leftoversQuestion,
  why: whyQuestion,
} as unknown as Readonly<Record<string, Question<ReportHeader<string>>>>

/** What kubelets tell is asked for where there is something to tell. */
function questionsOf({usage}: ClusterSnapshot): typeof questions {
  return usage ? {...questions, map: mapWithUsageQuestion as never} : questions
}

const SUBJECTS: Readonly<Record<string, readonly ResourceKey[]>> = {
  map: ['statefulSets', 'deployments', 'replicaSets'],
  'map -o wide': ['statefulSets'],
  coverage: ['daemonSets'],
  rollout: ['statefulSets', 'daemonSets'],
  status: ['statefulSets', 'daemonSets'],
  why: whyKinds,
}

/** Each question about everything with `-A`, as far as that may be asked, and about each thing by its name. */
export function askedOf(cluster: ClusterSnapshot): readonly Asked[] {
  return Object.entries(questionsOf(cluster)).flatMap(([command, question]) => [
    ...(command === 'why' ? [] : [{text: `${command} -A`, question, scope: {names: []}}]),
    ...(SUBJECTS[command] ?? []).flatMap((resource) =>
      cluster[resource].map((object: KubernetesObject) => ({
        text: `${command} ${resource}/${nameOf(object)}`,
        question,
        scope: {
          ...(resource !== 'nodes' && {namespace: namespaceOf(object)}),
          names: [{resource, name: nameOf(object)}],
        },
      })),
    ),
  ])
}

/** Each question that may be asked about all of a namespace. */
export function askedOfNamespaces(cluster: ClusterSnapshot): readonly Asked[] {
  const namespaces = new Set([...cluster.statefulSets, ...cluster.daemonSets].map(namespaceOf))
  return Object.entries(questionsOf(cluster)).flatMap(([command, question]) =>
    command === 'why'
      ? []
      : [...namespaces].map((namespace) => ({
          text: `${command} -n ${namespace}`,
          question,
          scope: {namespace, names: []},
        })),
  )
}
