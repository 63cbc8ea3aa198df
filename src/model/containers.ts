import type {Container, ContainerStatus, Pod} from './objects.ts'

type Probe = NonNullable<Container['startupProbe']>

/** A container as its Pod asks for it and as its kubelet last reported it. */
export interface PodContainer {
  readonly name: string
  /** A sidecar is an init container that runs on beside the main ones (restartPolicy Always, 1.28). */
  readonly role: 'init' | 'sidecar' | 'main'
  /** Undefined in what was saved without it. */
  readonly spec: Container | undefined
  readonly status: ContainerStatus
}

/** In the order in which they start: init containers and sidecars, then the main ones. */
export function containersOf({spec, status}: Pod): readonly PodContainer[] {
  const init = declaredIn(spec?.initContainers ?? [])
  const inits = (status?.initContainerStatuses ?? []).map((each, index) => {
    const declared = init(each.name, index)
    const role: PodContainer['role'] = declared?.restartPolicy === 'Always' ? 'sidecar' : 'init'
    return {name: each.name ?? '', role, spec: declared, status: each}
  })
  const main = declaredIn(spec?.containers ?? [])
  const mains = (status?.containerStatuses ?? []).map((each, index) => {
    const declared = main(each.name, index)
    return {name: each.name ?? '', role: 'main' as const, spec: declared, status: each}
  })
  return [...inits, ...mains]
}

/** The container of that name, which mostly stands at the same place; of very many nobody looks through all for each. */
function declaredIn(containers: readonly Container[]) {
  let byName: ReadonlyMap<string | undefined, Container> | undefined
  return (name: string | undefined, index: number): Container | undefined => {
    if (containers[index]?.name === name) return containers[index]
    byName ??= new Map(containers.toReversed().map((each) => [each.name, each]))
    return byName.get(name)
  }
}

/** Not one of its containers has ever run. */
export function hasNotStarted(pod: Pod): boolean {
  return containersOf(pod).every(({status: {state, lastState, restartCount}}) => {
    const hasRun = state?.running ?? state?.terminated ?? lastState?.terminated
    return !hasRun && !((restartCount ?? 0) > 0)
  })
}

/** How a container terminated last. */
export type End = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>

export function lastEnd({status}: PodContainer): End | undefined {
  return status.state?.terminated ?? status.lastState?.terminated
}

/** `container main`, `init container wait`, `sidecar proxy`. */
export function containerText({name, role}: PodContainer): string {
  const words = {init: 'init container', sidecar: 'sidecar', main: 'container'}
  return `${words[role]} ${name}`
}

/** How long a probe lets things go wrong before it acts, with the API's defaults. */
export function probeSeconds(probe: Probe | undefined): number {
  if (!probe) return 0
  return (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)
}
