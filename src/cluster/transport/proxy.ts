import {BlockList, isIP} from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for `server`: the kubeconfig's `proxy-url`, else HTTPS_PROXY, HTTP_PROXY and NO_PROXY by Go's rules
 * (golang.org/x/net/http/httpproxy); undefined for none.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Environment): URL | undefined {
  if (proxyUrl) return new URL(proxyUrl)
  const scheme = server.protocol === 'https:' ? 'HTTPS' : 'HTTP'
  const proxy = parseProxy(variable(env, `${scheme}_PROXY`))
  return proxy && !isExempt(server, variable(env, 'NO_PROXY')) ? proxy : undefined
}

function variable(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || ''
}

function parseProxy(text: string): URL | undefined {
  if (text === '') return undefined
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  return URL.canParse(withScheme) ? new URL(withScheme) : undefined
}

function isExempt(server: URL, list: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (host === 'localhost' || isLoopback(host)) return true
  const port = server.port || (server.protocol === 'https:' ? '443' : '80')
  return list.split(',').some((entry) => matches(entry.trim().toLowerCase(), host, port))
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

function isLoopback(host: string): boolean {
  return isIP(host) !== 0 && loopback.check(host, family(host))
}

function family(host: string): 'ipv4' | 'ipv6' {
  return isIP(host) === 6 ? 'ipv6' : 'ipv4'
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '' || entry === '*') return entry === '*'
  if (entry.includes('/')) return inRange(entry, host)
  const {name, only} = split(entry)
  if (name === '' || (only !== undefined && only !== port)) return false
  if (isIP(name)) return isIP(host) !== 0 && sameAddress(name, host)
  return isIP(host) === 0 && inDomain(name, host)
}

function inRange(entry: string, host: string): boolean {
  const [address = '', bits = ''] = entry.split('/')
  if (!isIP(address) || !isIP(host) || !isPrefix(bits, address)) return false
  const range = new BlockList()
  range.addSubnet(address, Number(bits), family(address))
  return range.check(host, family(host))
}

function isPrefix(bits: string, address: string): boolean {
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 6 ? 128 : 32)
}

function sameAddress(one: string, other: string): boolean {
  const list = new BlockList()
  list.addAddress(one, family(one))
  return list.check(other, family(other))
}

// `host:port`, `[ipv6]:port`; a bare IPv6 address has no port.
function split(entry: string): {readonly name: string; readonly only?: string} {
  if (isIP(entry)) return {name: entry}
  const [, bracketed, plain = '', only] = /^(?:\[(.*)\]|([^:]*))(?::(\d*))?$/.exec(entry) ?? []
  return {name: bracketed ?? plain, ...(only !== undefined && {only})}
}

// `a.b` is that host and everything under it; `.a.b` and `*.a.b` only what is under it.
function inDomain(name: string, host: string): boolean {
  const suffix = name.replace(/^\*\./, '.')
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`)
}
