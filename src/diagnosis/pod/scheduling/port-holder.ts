import {type HostPort, type PortHolder, portHolders} from '../../../model/host-ports.ts'
import {controllerOf, nameOf, namespaceOf, type ObjectReference, type Pod} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {fewText} from '../../words.ts'
import {podReference} from '../reference.ts'
import {choice} from './choice.ts'
import {otherPodText} from './finding.ts'

/** Why a node does not take the Pod, as other objects tell: who has its ports there. */
export interface PortTrouble {
  readonly text: string
  readonly blames: readonly ObjectReference[]
  readonly evidence: readonly string[]
  readonly remedy: Remedy
}

/** Undefined where nobody is seen to have them. */
export function portTrouble(
  pod: Pod,
  nodeName: string,
  relations: Relations | undefined,
): PortTrouble | undefined {
  const holders = portHolders(pod, nodeName, relations?.podsOn(nodeName) ?? [])
  const [first] = holders
  if (!first) return undefined
  return {
    text: holders.map((holder) => holderText(holder, pod)).join(', '),
    blames: holders.map((holder) => podReference(holder.pod)),
    evidence: holders.map(
      ({pod: holder, ports}) => `pod/${nameOf(holder)} on node/${nodeName} has host ${portsText(ports)}`,
    ),
    remedy: remedyFor(first),
  }
}

function holderText({pod: holder, ports}: PortHolder, pod: Pod): string {
  const owner = controllerOf(holder)
  const whose = owner?.kind && owner.name ? ` of ${owner.kind} ${owner.name}` : ''
  return `host ${portsText(ports)} ${ports.length > 1 ? 'are' : 'is'} held by ${otherPodText(holder, pod)}${whose}${isTerminating(holder) ? ', which is terminating,' : ''}`
}

function portsText(ports: readonly HostPort[]): string {
  return `${ports.length > 1 ? 'ports' : 'port'} ${fewText(ports.map(({port, protocol}) => `${port}/${protocol}`))}`
}

function remedyFor({pod}: PortHolder): Remedy {
  const owner = controllerOf(pod)
  const whose = owner?.name ? `${owner.kind} ${owner.name}` : `Pod ${nameOf(pod)}`
  return choice(
    [kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'yaml')],
    isTerminating(pod)
      ? ['wait: the port is free as soon as that Pod is gone; if it stays, see why']
      : [
          `see whether ${whose} is still needed there: only one Pod of a node can have a port of it`,
          'give this Pod another port in its template',
        ],
  )
}
