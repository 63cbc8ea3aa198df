/** A kubeconfig's entries, keys as in the file (client-go 0.37 tools/clientcmd/api/v1/types.go). */
export interface Cluster {
  readonly server?: string
  readonly 'tls-server-name'?: string
  readonly 'insecure-skip-tls-verify'?: boolean
  readonly 'certificate-authority'?: string
  readonly 'certificate-authority-data'?: string
  readonly 'proxy-url'?: string
  readonly 'disable-compression'?: boolean
  readonly extensions?: readonly {readonly name: string; readonly extension: unknown}[]
}

export interface User {
  readonly 'client-certificate'?: string
  readonly 'client-certificate-data'?: string
  readonly 'client-key'?: string
  readonly 'client-key-data'?: string
  readonly token?: string
  readonly tokenFile?: string
  readonly as?: string
  readonly 'as-uid'?: string
  readonly 'as-groups'?: readonly string[]
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>>
  readonly username?: string
  readonly password?: string
  readonly 'auth-provider'?: AuthProvider
  readonly exec?: ExecConfig
}

interface AuthProvider {
  readonly name: string
  readonly config?: Readonly<Record<string, string>>
}

export interface ExecConfig {
  readonly command?: string
  readonly args?: readonly string[]
  readonly env?: readonly {readonly name?: string; readonly value?: string}[]
  readonly apiVersion?: string
  readonly installHint?: string
  readonly provideClusterInfo?: boolean
  readonly interactiveMode?: string
}

export interface Context {
  readonly cluster?: string
  readonly user?: string
  readonly namespace?: string
}

/** One kubeconfig file, or several merged. Maps, not objects: `__proto__` is a legal name. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, Cluster>
  readonly users: ReadonlyMap<string, User>
  readonly contexts: ReadonlyMap<string, Context>
  readonly currentContext: string
}

/** What one command uses: the entries of one context with the flags laid over them. */
export interface Chosen {
  readonly clusterName: string
  readonly userName: string
  readonly cluster: Cluster
  readonly user: User
  readonly namespace: string
}
