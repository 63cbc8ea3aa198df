import {binary} from './binaries.ts'
import {type Child, lastLines, startChild} from './child.ts'
import {COMPONENTS, type Component, componentArguments} from './component-arguments.ts'
import type {Layout} from './layout.ts'
import type {Guard} from './start-guard.ts'
import {HopelessError} from './until.ts'

export type ExtraArguments = Partial<Record<Component, readonly string[]>>

/** The processes of one control plane. */
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
  const tellGuard = () => guard.watch([...running.values()].map((child) => child.pid))

  const start = (component: Component) => {
    const args = [...componentArguments(component, layout), ...(extra[component] ?? [])]
    const log = layout.log(component)
    running.set(component, startChild({command: binary(component), args, cwd: layout.folder, log}))
    tellGuard()
  }
  const stop = async (component: Component) => {
    await running.get(component)?.kill()
    running.delete(component)
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
      for (const [component, child] of running) complainIfEnded(component, child, layout)
    },
  }
}

function complainIfEnded(component: Component, child: Child, layout: Layout): void {
  const end = child.end()
  if (end)
    throw new HopelessError(`${component} ${end}; its last lines:\n${lastLines(layout.log(component))}`)
}
