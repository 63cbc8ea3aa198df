import type {Chosen} from './kubeconfig/types.ts'

/** What stands for a secret, as in Go's `URL.Redacted`. */
const MASK = 'xxxxx'
/** A shorter one is a word like any other. */
const LEAST = 5

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] as const

/** In every form that it may come back in. */
const known = new Set<string>()

/** From now on none of these is shown: neither by us, nor where a server or a proxy says it back to us. */
export function keepSecret(...secrets: readonly (string | undefined)[]): void {
  for (const given of secrets) {
    const secret = given?.toWellFormed() ?? ''
    if (secret.length < LEAST) continue
    known.add(secret).add(encodeURIComponent(secret)).add(Buffer.from(secret).toString('base64'))
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** The secrets of one connection, as far as kubeconfig, flags and proxies tell of them, before anything of these is looked at. */
export function keepSecretsOf({user, cluster}: Pick<Chosen, 'user' | 'cluster'>, env: Environment): void {
  known.clear()
  keepSecret(user.token, user.password, user['client-key-data'])
  keepSecret(...Object.entries(user['auth-provider']?.config ?? {}).flatMap(secretOfProvider))
  const proxies = PROXIES.flatMap((name) => [env[name], env[name.toLowerCase()]])
  for (const url of [cluster.server, cluster['proxy-url'], ...proxies]) keepSecretOfUrl(url)
}

function secretOfProvider([key, value]: readonly [string, string]): readonly string[] {
  return /token|secret/.test(key) ? [value] : []
}

/** `user:password@`, however broken the URL may be. */
function keepSecretOfUrl(url = ''): void {
  const [, userInfo] = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?(.*)@/is.exec(url) ?? []
  const [, password] = /:(.*)/s.exec(userInfo ?? '') ?? []
  keepSecret(userInfo, password, decoded(userInfo), decoded(password))
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** `user:password@` of a URL, which may be one that nobody has told us of. */
const USER_INFO = /:\/\/[^\s/?#"'<>]*@/g

/** Why a kubeconfig is no YAML. */
const YAML_REASON = /(?<=\byaml: ).*/g

/** A text without the secrets that are known by now. */
export function masked(text: string): string {
  // the longest first: one may be a part of another
  const secrets = [...known].toSorted((left, right) => right.length - left.length)
  return secrets
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text)
    .replace(USER_INFO, `://${MASK}@`)
    .replace(YAML_REASON, withoutQuotes)
}

/** Why a parser refuses a text, without the piece of it that it quotes: that may be a secret which nobody knows as one. */
export function withoutQuotes(reason: string): string {
  return reason.replace(/".*"|<.*>|(?<=anchor )'.*'|(?<=such characters: ).*/s, '...')
}
