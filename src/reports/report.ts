import type {Finding} from '../diagnosis/finding.ts'
import type {Relate} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import type {ClusterSnapshot, Omission, PodLog} from '../model/snapshot.ts'
import {cutOrdinals} from '../model/stateful-set.ts'
import type {UsageNeed} from '../model/usage.ts'

const API_VERSION = 'kubectl-stateful/v1alpha1'

/** What every report begins with. */
export interface ReportHeader<Kind extends string> {
  readonly apiVersion: typeof API_VERSION
  readonly kind: Kind
  /** RFC 3339: when the facts were read. Every age in the answer counts from here. */
  readonly observedAt: string
  readonly server?: {readonly version: string}
  readonly omissions: readonly Omission[]
}

/** A question: what it needs to be read, and the answer as a pure function of what was read. */
export interface Question<Report extends ReportHeader<string>> {
  /** Lists to read first, all at once. */
  readonly needs: (scope: Scope) => readonly Need[]
  /**
   * Lists of which only the first ones tell whether they are needed; a kind listed twice is read twice. It is asked
   * again with what has been read by then, a few times; what has been asked for is not read again. Whoever asks of one
   * snapshot after the other brings relations that remember.
   */
  readonly more: (snapshot: ClusterSnapshot, scope: Scope, relate?: Relate) => readonly Need[]
  /**
   * How to read a cluster once, for the same answer: names instead of lists where little is asked about, in more rounds, and
   * where little is missing. Undefined where lists are better. Files, which cost nothing, and who follows changes always use
   * the lists.
   */
  readonly narrow?: (scope: Scope) => Pick<Question<Report>, 'needs' | 'more'> | undefined
  /** Scope of one answer from files that do not say which namespace is meant; absent where the answer may be about several. */
  readonly scopeIn?: (snapshot: ClusterSnapshot, scope: Scope) => Scope
  /** It looks into the templates of ControllerRevisions: of saved ones these are kept too. */
  readonly withTemplates?: true
  /** Logs to read last; absent where nobody asked for any. */
  readonly logs?: (snapshot: ClusterSnapshot, scope: Scope) => readonly Omit<PodLog, 'lines'>[]
  /** Nodes whose kubelets are asked last what is on disks; absent where nobody asked for that. */
  readonly usage?: (snapshot: ClusterSnapshot, scope: Scope) => readonly UsageNeed[]
  readonly build: (snapshot: ClusterSnapshot, scope: Scope, relate?: Relate) => Report
  /** Everything that was found, wherever it stands in the report. */
  readonly findings: (report: Report) => readonly Finding[]
  /** Namespace of each thing that the report is about. */
  readonly namespaces: (report: Report) => readonly string[]
  /** How `-o name` calls what the report is about: `statefulset.apps/web`. */
  readonly names: (report: Report) => readonly string[]
}

/** The head of a report of that kind. */
export function headerOf<Kind extends string>(kind: Kind, snapshot: ClusterSnapshot): ReportHeader<Kind> {
  const {observedAt, server, statefulSets} = snapshot
  const omissions = [...snapshot.omissions, ...cutOrdinals(statefulSets)]
  return {apiVersion: API_VERSION, kind, observedAt, ...(server && {server}), omissions}
}
