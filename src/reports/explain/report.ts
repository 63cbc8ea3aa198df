import type {Cause} from '../../diagnosis/cause.ts'
import type {CauseId} from '../../diagnosis/order.ts'

/*
 * The contract of `explain -o json`. Texts are Markdown: Kubernetes' words and commands stand in backticks.
 */

export interface ExplainReport {
  readonly apiVersion: 'kubectl-stateful/v1alpha1'
  readonly kind: 'ExplainReport'
  /** In the order of the catalog. */
  readonly causes: readonly ExplainedCause[]
}

export interface ExplainedCause {
  readonly id: CauseId
  /** The section of the catalog: where the cause shows itself. */
  readonly topic: string
  readonly title: string
  readonly applies: Cause['applies']
  /** Which objects and events show it. */
  readonly sign: string
  /** What helps. */
  readonly helps: string
  /** The worst that acting can do; null where it can do no harm. */
  readonly risk: string | null
  /** The tempting move that destroys something; null where there is none. */
  readonly avoid: string | null
  /** Why nothing that the API serves can show it; null where it is reported. */
  readonly notReported: string | null
}
