import type {Cause} from '../../cause.ts'
import type {Finding, Severity} from '../../finding.ts'
import type {CauseId} from '../../order.ts'
import type {Help} from '../help.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'

/** Why a container could not be created or started, by what its kubelet says while it waits. */
export interface Waiting extends Cause {
  readonly reason: RegExp
  readonly message: RegExp
  readonly severity: Severity
  readonly selfHealing: Finding['selfHealing']
  /** The sentence about the container, such as `container app of db-2`; `said` is what its kubelet says. */
  readonly text: (container: string, said: string) => string
  readonly help: Help
  /** The message is the runtime's own. */
  readonly isRuntime?: boolean
  /** The event that says it, too; `Failed` where none is named. */
  readonly event?: string
}

export const RUN_FIX: Help = {
  acts: [],
  what: 'correct its command, its arguments or its image (is the program there, and executable?)',
}
export const HOOK_FIX: Help = {
  acts: ['provide what the hook needs so early in the life of the container'],
  what: 'correct the command or the request of the hook',
}

/** Which object, or which of its keys, as far as the kubelet says that. */
function missingText(container: string, said: string): string {
  const {key, of, holder} = MISSING_KEY.exec(said)?.groups ?? {}
  const {kind, name} = MISSING_OBJECT.exec(said)?.groups ?? {}
  const object = name && `${/^s/i.test(kind ?? '') ? 'Secret' : 'ConfigMap'} ${name}`
  const what = key ? `Key ${key} of ${of} ${holder}` : (object ?? 'A ConfigMap or Secret')
  return `${what} is not there, and ${container} takes its environment from it`
}

const MISSING_OBJECT = /\b(?<kind>configmap|secret)s? "?(?<name>[^\s"]+)"? not found/i
const MISSING_KEY = /couldn't find key (?<key>\S+) in (?<of>ConfigMap|Secret) (?:[^\s/]+\/)?(?<holder>\S+)/

/** Most specific first. */
export const causes = {
  'container-config-nonroot': {
    title: 'container would run as root',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The container waits with `CreateContainerConfigError` and `container has runAsNonRoot`: its image runs as root, or names its user so that this can't be told.",
    remedy: 'Set `runAsUser` to a number in the template, or give the image a numeric user.',
    risk: TEMPLATE_RISK,
    reason: /^CreateContainerConfigError$/,
    message: /runAsNonRoot/i,
    severity: 'error',
    selfHealing: 'no',
    text: (container) => `${container} may not run as root, and its image would`,
    help: {
      acts: [],
      what: 'set securityContext.runAsUser to a number that is not 0, or name an image with such a USER,',
    },
  },
  'container-config-missing-ref': {
    title: 'ConfigMap or Secret is missing',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `CreateContainerConfigError`, and its message names a ConfigMap, a Secret or a key that is `not found`. It is used as an environment variable; a missing volume looks different.',
    remedy: 'Create the object or the key. The container then starts by itself.',
    reason: /^CreateContainerConfigError$/,
    message: /(?:configmaps?|secrets?) .*not found|couldn't find key/i,
    severity: 'error',
    selfHealing: 'maybe',
    text: missingText,
    help: {acts: ['create the ConfigMap, the Secret or the key: the kubelet tries again by itself']},
  },
  'container-image-volume': {
    title: "image volume can't be mounted",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The container waits with `CreateContainerError`, and its message has `ImageVolumeMountFailed`: the image of a volume (`volumes[].image`) was pulled, and the node's runtime can't mount it. Mostly its `subPath` is not in the image, or is a file.",
    remedy:
      'Name a directory of the image as `subPath`, or none; where the runtime is too old for image volumes, use another node or another volume.',
    risk: TEMPLATE_RISK,
    reason: /^CreateContainer(?:Config)?Error$/,
    message: /ImageVolumeMountFailed/,
    severity: 'error',
    selfHealing: 'no',
    text: (container) => `The node's runtime can't mount an image as a volume of ${container}`,
    help: {
      acts: ['if the runtime is too old to know image volumes, run the Pod on nodes with a newer one'],
      what: 'name a directory that the image has as subPath, or none,',
    },
  },
  'container-create-error': {
    title: "container can't be created",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The container waits with `CreateContainerError`. The runtime's message tells why: a name in use, a mount or a resource that makes no sense.",
    remedy: 'Act on the message; if it speaks of a name in use, look at the runtime of that node.',
    risk: TEMPLATE_RISK,
    riskWhen: "the runtime's words tell what to change in the template",
    reason: /^CreateContainer(?:Config)?Error$/,
    message: /(?:)/,
    severity: 'error',
    selfHealing: 'maybe',
    text: (container) => `${container} can't be created`,
    help: {
      acts: ['fix what the runtime names in the proof: a name in use, a mount, a resource, a device'],
    },
    isRuntime: true,
  },
  'container-run-error': {
    title: "container can't be started",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The container waits with `RunContainerError`: it was created, and its command can't be run. A file is missing, is not executable, or the runtime refuses.",
    remedy: 'Check `command` and `args` of the template against the image.',
    risk: TEMPLATE_RISK,
    riskWhen: 'the runtime does not blame the node alone',
    reason: /^RunContainerError$/,
    message: /(?:)/,
    severity: 'error',
    selfHealing: 'no',
    text: (container) => `${container} can't be started`,
    help: RUN_FIX,
    isRuntime: true,
  },
  'container-hook-error': {
    title: 'lifecycle hook fails',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `PostStartHookError`, `PreStartHookError` or `PreCreateHookError`; an event may say `FailedPostStartHook`.',
    remedy:
      'Correct the hook, or what it needs at that moment. A container whose `postStart` fails is killed.',
    risk: TEMPLATE_RISK,
    reason: /^(?:PreCreateHook|PreStartHook|PostStartHook)Error$/,
    message: /(?:)/,
    severity: 'warning',
    selfHealing: 'maybe',
    text: (container) => `A hook of ${container} fails, which kills the container`,
    help: HOOK_FIX,
    event: 'FailedPostStartHook',
  },
} satisfies Partial<Record<CauseId, Waiting>>

export const RUN_ERROR = 'container-run-error' satisfies keyof typeof causes
export const HOOK_ERROR = 'container-hook-error' satisfies keyof typeof causes
