/** A way for something to fail while secrets are at hand. */
export interface Situation {
  /** What a plugin is started with, whose kubeconfig, flags and environment hold secrets. */
  readonly arrange: () => Promise<Start> | Start
  /** What is said then, so that it is known to have failed in that way. */
  readonly says: RegExp
  /** Without a word here, of a list of StatefulSets. */
  readonly command?: readonly string[]
}

export interface Start {
  readonly kubeconfig?: string
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export type Situations = Readonly<Record<string, Situation>>
