/** Query parameters of one request; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>

/**
 * A signed-in connection to one API server. It can only read: there is no other verb than GET.
 */
export interface Connection {
  /** What the kubeconfig calls the server, for messages: `https://10.0.0.1:6443`. */
  readonly server: string
  /** Namespace by kubectl's rules: flag, context, service account, `default`. */
  readonly namespace: string
  /**
   * GET `path` (`/api/v1/pods`) and return the JSON body exactly as the server sent it.
   * @throws StatusError when the API server refuses, ConnectionError when it can't be reached or understood.
   */
  get(path: string, query?: Query): Promise<unknown>
  /** Close every pooled connection; calling it twice is harmless. */
  close(): Promise<void>
}
