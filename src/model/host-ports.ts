import type {Pod} from './objects.ts'
import {isTerminal} from './pod.ts'

/** A port of the node that a Pod takes for itself. */
export interface HostPort {
  readonly port: number
  readonly protocol: string
  readonly ip: string
}

const ANY = ['', '0.0.0.0', '::']

/** The ports of the node that the Pod wants: those of its containers, and of init containers that go on beside them. */
export function hostPortsOf({spec}: Pod): readonly HostPort[] {
  const sidecars = (spec?.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always')
  return [...(spec?.containers ?? []), ...sidecars]
    .flatMap(({ports}) => ports ?? [])
    .flatMap(({hostPort, protocol, hostIP}) =>
      hostPort ? [{port: hostPort, protocol: protocol ?? 'TCP', ip: hostIP ?? ''}] : [],
    )
}

/** Mirrors HostPortInfo.CheckConflict of the scheduler (1.37): an address of all stands for each. */
function conflicts(left: HostPort, right: HostPort): boolean {
  const isSame = left.port === right.port && left.protocol === right.protocol
  return isSame && (ANY.includes(left.ip) || ANY.includes(right.ip) || left.ip === right.ip)
}

/** A Pod on the node, with the ports that it keeps from another one. */
export interface PortHolder {
  readonly pod: Pod
  readonly ports: readonly HostPort[]
}

/** Those Pods on the node that have the ports which this one wants. */
export function portHolders(pod: Pod, nodeName: string, pods: readonly Pod[]): readonly PortHolder[] {
  const wanted = hostPortsOf(pod)
  return pods
    .filter((each) => each !== pod && each.spec?.nodeName === nodeName && !isTerminal(each))
    .map((each) => ({
      pod: each,
      ports: hostPortsOf(each).filter((port) => wanted.some((own) => conflicts(own, port))),
    }))
    .filter(({ports}) => ports.length > 0)
}
