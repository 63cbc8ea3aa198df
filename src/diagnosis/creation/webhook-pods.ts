import {nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'
import {isTerminal, isWell} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import type {Relations} from '../../model/relations.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {podReference} from '../pod/reference.ts'
import {FEW, fewText} from '../words.ts'

/** The Service that a webhook is called at, and the webhook. */
interface Called {
  readonly webhook: string
  readonly namespace: string
}

/** `failed calling webhook "x": … Post "https://svc.namespace.svc:443/…"`, in the wordings of 1.20 to 1.37. */
export function calledWebhook(text: string): Called | undefined {
  const webhook = /failed calling webhook "([^"]+)"/i.exec(text)?.[1]
  const namespace = /https?:\/\/[a-z0-9-]+\.([a-z0-9-]+)\.svc\b/i.exec(text)?.[1]
  return webhook !== undefined && namespace !== undefined ? {webhook, namespace} : undefined
}

/** What is wrong with the Pods that should answer for a webhook. */
export interface WebhookTrouble {
  readonly text: string
  readonly blames: readonly ObjectReference[]
  readonly evidence: readonly string[]
  readonly remedy: NonNullable<Finding['remedy']>
}

/** Who asks to be created, as far as it matters to the webhook. */
export interface Applicant {
  readonly namespace: string
  /** Without it the nodes stay not ready, and the webhook's Pods wait for these. */
  readonly isNetworkPlugin: boolean
}

/** Undefined for another refusal, for a webhook outside of the cluster, and where Pods were not read. */
export function webhookTrouble(
  text: string,
  applicant: Applicant,
  relations: Relations,
): WebhookTrouble | undefined {
  const called = calledWebhook(text)
  if (!called || !relations.sees('pods')) return undefined
  const {pods, failing} = podsBehind(called, relations)
  if (pods.length > 0 && failing.length === 0) return undefined
  const why = whyText(called, pods, failing, applicant)
  return {
    text: `; ${why.text}`,
    blames: failing.slice(0, FEW).map(podReference),
    evidence: failing
      .slice(0, FEW)
      .map((pod) => `pod/${nameOf(pod)} of namespace ${called.namespace} is ${statusWord(pod)}`),
    remedy: {
      look: [
        kubectl('get', 'pods', '-n', called.namespace, '-o', 'wide'),
        kubectl('get', 'validatingwebhookconfigurations,mutatingwebhookconfigurations'),
      ],
      act: waysTexts(called, applicant, why.isCircle || pods.length === 0).map((text) => ({
        text,
        commands: [],
      })),
      risk: RISK,
      avoid: '',
      rung: 0,
    },
  }
}

function podsBehind({namespace}: Called, {snapshot, once}: Relations) {
  return once(`live in ${namespace}`, snapshot.pods, () => {
    const pods = snapshot.pods.filter((pod) => namespaceOf(pod) === namespace && !isTerminal(pod))
    return {pods, failing: pods.filter((pod) => !isWell(pod))}
  })
}

export const RISK = 'a webhook whose configuration is deleted checks nothing: whatever it forbids is let in'

function whyText(
  {namespace}: Called,
  pods: readonly Pod[],
  failing: readonly Pod[],
  applicant: Applicant,
): {readonly text: string; readonly isCircle: boolean} {
  const names = fewText(failing.slice(0, FEW).map(nameOf), failing.length - FEW)
  if (pods.length === 0) return {text: `no Pod of its namespace ${namespace} was seen`, isCircle: false}
  if (applicant.namespace === namespace)
    return {
      text: `it judges the Pods of its own namespace ${namespace}, too, and ${names} can't answer: neither can start first`,
      isCircle: true,
    }
  const waiting = failing.filter(({spec}) => !spec?.nodeName)
  if (waiting.length === failing.length && pods.length === failing.length) {
    return applicant.isNetworkPlugin
      ? {
          text: `its own Pods (${namespace}: ${names}) wait for a node, and no node is ready without this network plugin: neither can start first`,
          isCircle: true,
        }
      : {text: `its own Pods (${namespace}: ${names}) wait for a node`, isCircle: false}
  }
  return {
    text: `in its namespace ${namespace} ${names} ${failing.length > 1 ? 'are' : 'is'} not ready`,
    isCircle: false,
  }
}

/** The gentlest first; a repair is no way where nothing is there to repair, or it can't start first. */
function waysTexts({webhook}: Called, {namespace}: Applicant, isBeyondRepair: boolean): readonly string[] {
  const away = `save the configuration that has webhook ${webhook} with -o yaml, and delete it for now; when the Pods behind it run, apply it again with namespace ${namespace} excluded by its namespaceSelector`
  return isBeyondRepair
    ? [away]
    : [
        'see why those Pods do not answer, and repair them',
        `only if that needs what the webhook refuses, ${away}`,
      ]
}
