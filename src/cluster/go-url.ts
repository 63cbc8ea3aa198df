/** The parts of a URL as Go takes it apart (net/url 1.26); JavaScript mends what Go refuses. */
export interface GoUrl {
  readonly scheme: string
  readonly userinfo: string
  /** Name or address, without brackets. */
  readonly host: string
  readonly port: string
  readonly path: string
}

/** It is no URL: the message is Go's reason. */
export class UrlError extends Error {}

/** @throws UrlError */
export function parseGoUrl(text: string): GoUrl {
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new UrlError('net/url: invalid control character in URL')
  const [, scheme = '', after = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/i.exec(text.replace(/#.*$/, '')) ?? []
  const rest = after.replace(/\?.*$/, '')
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///')))
    return {scheme, userinfo: '', host: '', port: '', path: escapesChecked(rest)}
  const [, authority = '', path = ''] = /^\/\/([^/]*)(.*)$/.exec(rest) ?? []
  const at = authority.lastIndexOf('@')
  const userinfo = authority.slice(0, Math.max(at, 0))
  if (!/^[\w\-.~!$&'()*+,;=:%@]*$/.test(userinfo)) throw new UrlError('net/url: invalid userinfo')
  return {
    scheme: scheme.toLowerCase(),
    userinfo,
    ...hostAndPort(authority.slice(at + 1)),
    path: escapesChecked(path),
  }
}

function hostAndPort(text: string): Pick<GoUrl, 'host' | 'port'> {
  const [, bracketed, after] = /^\[(.*)\](.*)$/.exec(text) ?? []
  if (bracketed === undefined && text.startsWith('[')) throw new UrlError("missing ']' in host")
  const colon = text.includes(':') ? text.indexOf(':') : text.length
  const port = after ?? text.slice(colon)
  if (!/^(:\d*)?$/.test(port)) throw new UrlError(`invalid port ${JSON.stringify(port)} after host`)
  return {host: hostChecked(bracketed ?? text.slice(0, colon)), port: port.slice(1)}
}

function hostChecked(host: string): string {
  const [wrong] = /%(?!25|[89a-f][0-9a-f]).{0,2}/i.exec(host) ?? []
  if (wrong !== undefined) throw new UrlError(`invalid URL escape ${JSON.stringify(wrong)}`)
  const [odd] = /[^\w\-.~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u.exec(host) ?? []
  if (odd !== undefined) throw new UrlError(`invalid character ${JSON.stringify(odd)} in host name`)
  return host
}

function escapesChecked(path: string): string {
  const [wrong] = /%(?![0-9a-f]{2}).{0,2}/i.exec(path) ?? []
  if (wrong !== undefined) throw new UrlError(`invalid URL escape ${JSON.stringify(wrong)}`)
  return path
}
