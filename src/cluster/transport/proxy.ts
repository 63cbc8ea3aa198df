import {BlockList, isIP, isIPv4} from 'node:net'
import {AnswerError} from '../errors.ts'
import {type GoUrl, parseGoUrl} from '../go-url.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for `server`: the kubeconfig's `proxy-url`, else HTTPS_PROXY, HTTP_PROXY and NO_PROXY by Go's rules
 * (golang.org/x/net/http/httpproxy); undefined for none.
 * @throws AnswerError where Go refuses HTTP_PROXY, which a stranger's request may have set.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Environment): URL | undefined {
  if (proxyUrl) return new URL(proxyUrl)
  const isPlain = server.protocol === 'http:'
  const proxy = parseProxy(variable(env, isPlain ? 'HTTP_PROXY' : 'HTTPS_PROXY'))
  if (proxy === undefined || isExempt(server, variable(env, 'NO_PROXY'))) return undefined
  if (isPlain && env.REQUEST_METHOD) throw new AnswerError(`Unable to connect to the server: ${IN_CGI}`)
  return proxy
}

const IN_CGI = 'refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy'

function variable(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || ''
}

// What can't be read is taken for a host without scheme, as in Go, and what can't be read even so is none.
function parseProxy(text: string): URL | undefined {
  if (text === '') return undefined
  return urlIn(text) ?? urlIn(`http://${text}`)
}

function urlIn(text: string): URL | undefined {
  const {scheme, host, port} = goUrlIn(text)
  if (!scheme || !host) return undefined
  if (URL.canParse(text)) return new URL(text)
  const bare = `${scheme}://${host}${port && `:${port}`}`
  return URL.canParse(bare) ? new URL(bare) : undefined
}

function goUrlIn(text: string): Partial<GoUrl> {
  try {
    return parseGoUrl(text)
  } catch {
    return {}
  }
}

/** Whom a server is compared with: an entry of NO_PROXY. */
interface Exempt {
  readonly address?: BlockList
  readonly suffix?: string
  /** Else only what is under it. */
  readonly isItself?: boolean
  readonly port?: string
}

function isExempt(server: URL, list: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (host === 'localhost' || isLoopback(host)) return true
  const port = server.port || (server.protocol === 'https:' ? '443' : '80')
  const entries = list.split(',').map((entry) => entry.trim().toLowerCase())
  return entries.includes('*') || entries.some((entry) => matches(read(entry), host, port))
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

function isLoopback(host: string): boolean {
  return holds(loopback, host)
}

function matches({address, suffix = '', isItself, port}: Exempt, host: string, at: string): boolean {
  if (port !== undefined && port !== '' && port !== at) return false
  if (address) return holds(address, host)
  return (
    isIP(host) === 0 &&
    suffix !== '' &&
    (host.endsWith(suffix) || (isItself === true && host === suffix.slice(1)))
  )
}

function read(entry: string): Exempt {
  const range = inRange(entry)
  if (range) return {address: range}
  const {host, port} = split(entry)
  if (isIP(host)) return {address: of(host), port}
  const name = host.replace(/^\*\./, '.')
  if (name === '') return {}
  return name.startsWith('.') ? {suffix: name, port} : {suffix: `.${name}`, isItself: true, port}
}

// `host:port`, `[ipv6]:port`. As in Go brackets count only before a port: `[::1]` alone is nobody's name.
function split(entry: string): {readonly host: string; readonly port: string} {
  const [, bracketed, plain = '', port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(entry) ?? []
  return port === undefined ? {host: entry, port: ''} : {host: bracketed ?? plain, port}
}

function inRange(entry: string): BlockList | undefined {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? []
  if (!isIP(address) || Number(bits) > (isIPv4(address) ? 32 : 128)) return undefined
  const range = new BlockList()
  range.addSubnet(address, Number(bits), family(address))
  return range
}

function of(address: string): BlockList {
  const list = new BlockList()
  list.addAddress(address, family(address))
  return list
}

function holds(list: BlockList, host: string): boolean {
  return isIP(host) !== 0 && list.check(host, family(host))
}

function family(host: string): 'ipv4' | 'ipv6' {
  return isIP(host) === 6 ? 'ipv6' : 'ipv4'
}
