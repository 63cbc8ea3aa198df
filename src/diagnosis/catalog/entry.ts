/** What a cause can befall. */
type Kind = 'StatefulSet' | 'DaemonSet' | 'PersistentVolumeClaim' | 'PersistentVolume'

/** What there is to know of a cause before it is met: plain data, with Kubernetes' exact words in backticks. */
export interface Cause {
  /** That of the findings; never changes. */
  readonly id: string
  /** At most six words, to stand in a column; begins small, unless with a name of Kubernetes. */
  readonly title: string
  readonly applies: readonly Kind[]
  /** Which objects and events show it. */
  readonly sign: string
  readonly remedy: string
  /** Worst case of the remedy; empty where it can do no harm. */
  readonly danger: string
  /** Why nothing that the API serves can show it. */
  readonly unseen?: string
}

/** Causes that show themselves in the same place. */
export interface Section {
  readonly heading: string
  /** Where to look, and what these causes have in common. */
  readonly intro: string
  readonly causes: readonly Cause[]
}
