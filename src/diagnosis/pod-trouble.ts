import type {Pod} from '../model/objects.ts'
import {restarts} from '../model/pod.ts'
import {statusWord} from '../model/pod-status-word.ts'
import {secondsBetween} from './elapsed.ts'
import {quoted} from './quoted.ts'

/** Why a Pod that is on its node is not ready. */
export interface PodTrouble {
  /** The catalog's id for the container's trouble itself. */
  readonly id: string
  /** The Pod's STATUS word, and what the container or the Pod says of it. */
  readonly text: string
  readonly since: string | undefined
}

/** Reasons of a waiting container that time alone rarely mends, by the catalog's id (causes.md 4.6, 4.7). */
const WAITING: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'crash-loop',
  ImagePullBackOff: 'image-pull-backoff',
  ErrImagePull: 'image-pull-error',
  ErrImageNeverPull: 'image-never-pull',
  InvalidImageName: 'image-invalid-name',
  ImageInspectError: 'image-inspect-error',
  RegistryUnavailable: 'image-registry-unavailable',
  SignatureValidationFailed: 'image-signature',
  CreateContainerConfigError: 'container-config-missing-ref',
  CreateContainerError: 'container-create-error',
  RunContainerError: 'container-run-error',
  PreCreateHookError: 'container-hook-error',
  PreStartHookError: 'container-hook-error',
  PostStartHookError: 'container-hook-error',
}

/** To start, pull images and pass the first probes may take this long before anybody need worry. */
const PATIENCE_SECONDS = 300
/** Restarts may be long past: only a Pod that has not become ready since is worth a word. */
export const MANY_RESTARTS = 3
const RESTART_SECONDS = 60

/** Undefined while the Pod is starting as Pods do. */
export function podTrouble(pod: Pod, now: string): PodTrouble | undefined {
  const since = pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  const waiting = waitingContainer(pod)
  const word = statusWord(pod)
  if (waiting) {
    const id = waiting.message?.includes('runAsNonRoot') ? 'container-config-nonroot' : waiting.id
    return {id: waiting.isInit ? 'init-failing' : id, text: withText(word, waiting.message), since}
  }
  const count = restarts(pod)
  const seconds = secondsBetween(since ?? pod.metadata?.creationTimestamp, now)
  if (count >= MANY_RESTARTS && seconds > RESTART_SECONDS)
    return {id: 'crash-loop', text: `${word}, restarted ${count} times`, since}
  if (!(seconds > PATIENCE_SECONDS)) return undefined
  return {...slow(pod, word), since}
}

function waitingContainer(pod: Pod) {
  const {initContainerStatuses, containerStatuses} = pod.status ?? {}
  const found = [...(initContainerStatuses ?? []), ...(containerStatuses ?? [])].find(({state}) =>
    Object.hasOwn(WAITING, state?.waiting?.reason ?? ''),
  )
  const {reason = '', message} = found?.state?.waiting ?? {}
  const isInit = found !== undefined && (initContainerStatuses ?? []).includes(found)
  return found && {id: WAITING[reason] ?? '', message, isInit}
}

/** Nothing failed, and yet it takes too long. */
function slow(pod: Pod, word: string): Pick<PodTrouble, 'id' | 'text'> {
  const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
  if (word.startsWith('Init:')) return {id: 'init-running', text: word}
  if (word === 'ContainerCreating' || word === 'PodInitializing' || word === 'Pending')
    return {id: 'container-creating-quiet', text: word}
  return {id: unreadyId(pod), text: withText(`${word}, not ready`, ready?.message)}
}

/** Of a Pod whose containers run: whether they, or somebody else's condition, keep it from being ready. */
export function unreadyId({status}: Pod): string {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.reason === 'ReadinessGatesNotReady' ? 'readiness-gate' : 'readiness-failing'
}

function withText(word: string, message: string | undefined): string {
  return message ? `${word}: ${quoted(message)}` : word
}
