import {binary} from './binaries.ts'
import {type Child, lastLines, startChild} from './child.ts'
import {COMPONENTS, type Component, componentArguments} from './component-arguments.ts'
import type {Layout} from './layout.ts'
import type {Guard} from './start-guard.ts'
import {HopelessError} from './until.ts'

export type ExtraArguments = Partial<Record<Component, readonly string[]>>

/**
 * The processes of one control plane. Once the API server was away, whichever ends by itself is started again, as a
 * kubelet would: a scheduler whose binding was lost on the way gives up on its own cache.
 */
export interface Components {
  readonly start: (component: Component) => void
  readonly stop: (component: Component) => Promise<void>
  readonly pause: (component: Component) => void
  readonly resume: (component: Component) => void
  readonly stopAll: () => Promise<void>
  /** Fails with the last lines of whichever component ended by itself. */
  readonly checkAlive: () => void
}

export function createComponents(layout: Layout, guard: Guard, extra: ExtraArguments): Components {
  const running = new Map<Component, Child>()
  let wasAway = false
  const tellGuard = () => guard.watch([...running.values()].map((child) => child.pid))

  const start = (component: Component) => {
    const args = [...componentArguments(component, layout), ...(extra[component] ?? [])]
    const log = layout.log(component)
    const child = startChild({command: binary(component), args, cwd: layout.folder, log})
    running.set(component, child)
    tellGuard()
    const revive = () => wasAway && running.get(component) === child && start(component)
    void child.ended.then(() => setTimeout(revive, BACK_OFF).unref())
  }
  const stop = async (component: Component) => {
    const child = running.get(component)
    running.delete(component)
    if (component === 'kube-apiserver') wasAway = true
    await child?.kill()
    tellGuard()
  }
  return {
    start,
    stop,
    pause: (component) => running.get(component)?.pause(),
    resume: (component) => running.get(component)?.resume(),
    stopAll: async () => {
      await Promise.all(COMPONENTS.map(stop))
    },
    checkAlive: () => {
      if (wasAway) return
      for (const [component, child] of running) complainIfEnded(component, child, layout)
    },
  }
}

const BACK_OFF = 500

function complainIfEnded(component: Component, child: Child, layout: Layout): void {
  const end = child.end()
  if (end)
    throw new HopelessError(`${component} ${end}; its last lines:\n${lastLines(layout.log(component))}`)
}
