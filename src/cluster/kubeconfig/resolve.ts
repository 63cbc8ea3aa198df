import type {ConnectionFlags} from '../connect-flags.ts'
import {keepSecretsOf} from '../masking.ts'
import {choose} from './choose.ts'
import {inCluster, inClusterNamespace, isInCluster, SERVICE_ACCOUNT} from './in-cluster.ts'
import {type Host, loadKubeconfig} from './kubeconfig.ts'
import type {Chosen} from './types.ts'
import {confirmUsable} from './validate.ts'

/**
 * The cluster, user and namespace that kubectl would use for these flags.
 * @throws AnswerError in kubectl's words when the configuration is missing, unreadable or contradicts itself.
 */
export function resolveKubeconfig(
  flags: ConnectionFlags,
  place: Host,
  serviceAccount = SERVICE_ACCOUNT,
): Chosen {
  const config = loadKubeconfig(flags.kubeconfig, place)
  const choice = choose(config, flags, place.env.KUBERNETES_MASTER || 'http://localhost:8080')
  keepSecretsOf(choice, place.env)
  confirmUsable(choice)
  const possible = isInCluster(place.env, serviceAccount)
  const namespace =
    choice.namespace || (possible && inClusterNamespace(place.env, serviceAccount)) || 'default'
  const chosen = {...choice, namespace}
  return choice.isDefault && possible ? inCluster(place.env, flags, chosen, serviceAccount) : chosen
}
