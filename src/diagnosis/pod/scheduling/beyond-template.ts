import {controllerUid, nameOf, namespaceOf, type Pod} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Causes} from '../../cause.ts'
import type {Finding, Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {fewText} from '../../words.ts'
import {choice} from './choice.ts'

export const causes = {
  'ds-pod-beyond-template': {
    title: 'admission narrows where it runs',
    applies: ['DaemonSet'],
    sign: "The Pod has a `nodeSelector`, or expressions in its node affinity, that the template does not have. The controller goes by the template, so it wants a Pod on nodes where the changed Pod can't run. Mostly the namespace's annotation `scheduler.alpha.kubernetes.io/node-selector` or, on OpenShift, `openshift.io/node-selector` adds it, or the default of the cluster, or a webhook.",
    remedy:
      '`kubectl get namespace <namespace> -o yaml` shows the annotations. Empty the annotation if the set is wanted on every node, or put the same selector into the template, so that only the fitting nodes are wanted.',
    risk: 'without that selector Pods of the namespace may come to any node',
  },
} satisfies Causes

/** What a daemon Pod asks of its node beyond the template of its set, as `key=value` or in words; empty where nothing. */
export function beyondTemplate(pod: Pod, {daemonSetWith}: Relations): readonly string[] {
  const set = daemonSetWith(controllerUid(pod))
  if (!set) return []
  const own = set.spec?.template?.spec?.nodeSelector ?? {}
  const added = Object.entries(pod.spec?.nodeSelector ?? {}).filter(([key, value]) => own[key] !== value)
  return [...added.map(([key, value]) => `${key}=${value}`), ...addedTerms(pod)]
}

/** The controller leaves nothing in the required affinity but the name of the node: what else is there came later. */
function addedTerms({spec}: Pod): readonly string[] {
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return (terms ?? [])
    .flatMap(({matchExpressions}) => matchExpressions ?? [])
    .map(({key, operator, values}) =>
      [key, operator, ...(values?.length ? [`[${values.join(', ')}]`] : [])].join(' '),
    )
}

/** What is said of such a Pod. */
export function beyondText(extra: readonly string[]): string {
  return `admission made the Pod ask for ${fewText(extra)}`
}

export function beyondEvidence(pod: Pod, extra: readonly string[]): string {
  return `pod/${nameOf(pod)} asks for ${fewText(extra)}, and spec.template of its DaemonSet does not`
}

export function beyondRemedy(pod: Pod): Remedy {
  const namespace = namespaceOf(pod)
  return choice(
    [kubectl('get', 'namespace', namespace, '-o', 'yaml')],
    [
      'if the set is wanted only on nodes that fit, put the same selector into the template',
      "if it is wanted on every node, set the namespace's annotation scheduler.alpha.kubernetes.io/node-selector (on OpenShift openshift.io/node-selector) to an empty text; if it has none, change the cluster's default for it, or the webhook, that adds the selector",
    ],
    causes[BEYOND_TEMPLATE],
  )
}

export const BEYOND_TEMPLATE = 'ds-pod-beyond-template' satisfies keyof typeof causes & Finding['id']
