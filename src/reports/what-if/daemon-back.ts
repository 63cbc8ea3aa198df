import {ruleText} from '../../diagnosis/daemon-set/rule-text.ts'
import {eligibility} from '../../model/daemon-eligibility.ts'
import {podsFor, targetNode} from '../../model/daemon-pods.ts'
import {controllerUid, nameOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {PodFate} from './report.ts'

type Back = Pick<PodFate, 'returns' | 'nodes' | 'message'>

/** Whether the DaemonSet controller puts another Pod where this one is, once it is gone (nodeShouldRunDaemonPod, 1.20 to 1.37). */
export function daemonBack(pod: Pod, isNeverReady: boolean, relations: Relations): Back {
  const set = relations.daemonSetWith(controllerUid(pod))
  if (!set) return relations.sees('daemonSets') ? never('its DaemonSet is gone') : unread('daemonsets')
  const name = targetNode(pod) ?? ''
  const node = relations.node(name)
  if (!node) return relations.sees('nodes') ? never('its node is gone') : unread('nodes')
  const {rule} = eligibility(set.spec?.template, node)
  if (rule) return never(`its DaemonSet wants none on ${name} (${ruleText(rule)})`)
  const other = podsFor(set, name, relations).find((each) => each !== pod && !isTerminating(each))
  if (other) return never(`its DaemonSet has ${nameOf(other)} there already`)
  return isNeverReady
    ? {returns: 'No', nodes: [name], message: 'it never becomes ready, as you said'}
    : {returns: 'Yes', nodes: [name], message: null}
}

function never(message: string): Back {
  return {returns: 'Never', nodes: null, message}
}

function unread(kind: string): Back {
  return {returns: null, nodes: null, message: `${kind} could not be read`}
}
