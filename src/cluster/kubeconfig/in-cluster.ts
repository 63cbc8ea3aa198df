import {statSync} from 'node:fs'
import {isIPv6} from 'node:net'
import type {ConnectionFlags} from '../connect-flags.ts'
import {readSmallFile} from '../small-file.ts'
import type {Chosen, User} from './types.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a Pod finds its service account. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Whether this process runs in a Pod with a service account (client-go 0.37 inClusterClientConfig.Possible). */
export function isInCluster(env: Environment, folder = SERVICE_ACCOUNT): boolean {
  const token = statSync(`${folder}/token`, {throwIfNoEntry: false})
  return Boolean(env.KUBERNETES_SERVICE_HOST && env.KUBERNETES_SERVICE_PORT && token && !token.isDirectory())
}

/**
 * The Pod's own API server and token, used when kubeconfigs and flags name no server. As in client-go, a token by
 * flag replaces the Pod's; unlike there, impersonation flags are kept instead of being dropped in silence.
 */
export function inCluster(
  env: Environment,
  flags: ConnectionFlags,
  chosen: Chosen,
  folder = SERVICE_ACCOUNT,
): Chosen {
  const host = env.KUBERNETES_SERVICE_HOST ?? ''
  const authority = flags.certificateAuthority || `${folder}/ca.crt`
  const trust = statSync(authority, {throwIfNoEntry: false}) ? {'certificate-authority': authority} : {}
  return {
    ...chosen,
    cluster: {
      server: `https://${isIPv6(host) ? `[${host}]` : host}:${env.KUBERNETES_SERVICE_PORT}`,
      ...trust,
    },
    user: {
      ...impersonation(chosen.user),
      ...(flags.token ? {token: flags.token} : {tokenFile: `${folder}/token`}),
    },
  }
}

/** The Pod's namespace: POD_NAMESPACE, else the service account's; empty if neither is there. */
export function inClusterNamespace(env: Environment, folder = SERVICE_ACCOUNT): string {
  if (env.POD_NAMESPACE) return env.POD_NAMESPACE
  try {
    return readSmallFile(`${folder}/namespace`).toString().trim()
  } catch {
    return ''
  }
}

function impersonation(user: User): User {
  const keys = ['as', 'as-uid', 'as-groups', 'as-user-extra'] as const
  return Object.fromEntries(keys.filter((key) => user[key] !== undefined).map((key) => [key, user[key]]))
}
