/** Pods whose containers do not get as far as running, or not for long. */
import {type ContainerStatus, condition, JUST_NOW, RECENTLY, unready, waiting} from './parts.ts'

const BACK_OFF = 'back-off 5m0s restarting failed container'

/** In a crash loop, after having terminated like this. */
export function crashed(h: string, end: object, others: Partial<ContainerStatus> = {}): ContainerStatus {
  const terminated = {exitCode: 1, reason: 'Error', startedAt: RECENTLY, finishedAt: JUST_NOW, ...end}
  return {...waiting(h, 'CrashLoopBackOff', BACK_OFF), restartCount: 7, lastState: {terminated}, ...others}
}

/** With an init container, or a sidecar, of that status before the main one. */
export function withInit(h: string, status: ContainerStatus, restartPolicy?: string, others: object = {}) {
  const init = {name: status.name, ...(restartPolicy && {restartPolicy})}
  return unready(h, waiting(h, 'PodInitializing'), {
    spec: {initContainers: [init]},
    status: {
      conditions: [
        condition('Initialized', 'False', {reason: 'ContainersNotInitialized'}),
        condition('Ready', 'False', {reason: 'ContainersNotReady'}),
      ],
      initContainerStatuses: [status],
      ...others,
    },
  })
}
