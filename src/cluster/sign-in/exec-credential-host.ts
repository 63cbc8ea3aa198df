import type {Host} from '../kubeconfig/kubeconfig.ts'

/** What a credential plugin may touch of this process. */
export interface PluginHost extends Host {
  readonly stdinIsTerminal: boolean
  /** What `--kuberc` says. */
  readonly kuberc?: string | undefined
  now(): number
  beforeSignIn(): void
}

/** A reason why a plugin gave no credentials, in client-go's words. */
export class PluginError extends Error {}
