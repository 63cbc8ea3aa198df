/** Where a proxy is to connect to. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** `host:port`, as a proxy is asked for it. */
export function targetHost({host, port}: Target): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
