import type {CauseId} from './order.ts'

/** What a cause can befall. */
type Kind = 'StatefulSet' | 'DaemonSet' | 'PersistentVolumeClaim' | 'PersistentVolume'

/**
 * What a cause explains. Without a rank it keeps its own object, and whatever stands on that, from being created,
 * scheduled, started, ready, updated or terminated.
 */
type Rank =
  /** It says only that something waits for a Pod; whatever says why says more. */
  | 'summary'
  /** It says only that a Pod waits for its claim; whatever is wrong with the claim says more. */
  | 'pointer'
  /** It says why a Pod is left as it is, which what is wrong inside of it does not explain. */
  | 'order'
  /** It is wrong or worth knowing, and by itself blocks nothing. */
  | 'aside'

/** What there is to know of a cause before it is met: plain data, with Kubernetes' exact words in backticks. */
export interface Cause {
  /** At most six words, to stand in a column; begins small, unless with a name of Kubernetes. */
  readonly title: string
  /** The title while it is only a note, where the other would alarm. */
  readonly noteTitle?: string
  readonly applies: readonly Kind[]
  /** Which objects and events show it. */
  readonly sign: string
  readonly remedy: string
  /** The worst that acting can do, as findings print it, without a full stop; absent where it can do no harm. */
  readonly risk?: string
  /** Where that depends on the case: when it is a risk, to go on after “when”. */
  readonly riskWhen?: string
  /** The tempting move that destroys something, as findings print it, without a full stop. */
  readonly avoid?: string
  readonly rank?: Rank
  /** Causes of the same Pod that this one says better. */
  readonly covers?: readonly CauseId[] | 'all'
  /** Why nothing that the API serves can show it. */
  readonly unseen?: string
}

/** Those of one file. */
export type Causes = Partial<Record<CauseId, Cause>>

/** Rows of a table by the id of their cause, in their order, each with its id. */
export function rowsOf<Row extends Cause>(
  table: Partial<Record<CauseId, Row>>,
): readonly (Row & {readonly id: CauseId})[] {
  const rows = Object.entries(table) as readonly (readonly [CauseId, Row])[]
  return rows.map(([id, row]) => ({...row, id}))
}
