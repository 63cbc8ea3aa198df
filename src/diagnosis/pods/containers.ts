import {nameOf} from '../../model/objects.ts'
import {type Finding, firstCause, type Rule, type Severity} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText} from './containers-facts.ts'
import {
  afterEdit,
  describePod,
  eventEvidence,
  look,
  podFinding,
  saying,
  severityOn,
  toldOf,
  unreadySince,
  whileUnready,
} from './containers-finding.ts'
import {crash} from './crash.ts'
import type {PodSubject} from './subject.ts'

/** Why a container could not be made or started, by what its kubelet says while it waits. */
interface Waiting {
  readonly id: string
  readonly reason: RegExp
  readonly message: RegExp
  readonly severity: Severity
  readonly selfHealing: Finding['selfHealing']
  readonly text: string
  readonly advice: string
}

const WAITING: readonly Waiting[] = [
  {
    id: 'container-config-nonroot',
    reason: /^CreateContainerConfigError$/,
    message: /runAsNonRoot/i,
    severity: 'error',
    selfHealing: 'no',
    text: 'may not run as root, and its image would',
    advice: 'set securityContext.runAsUser to a number that is not 0, or give the image such a USER',
  },
  {
    id: 'container-config-missing-ref',
    reason: /^CreateContainerConfigError$/,
    message: /(?:configmaps?|secrets?) .*not found|couldn't find key/i,
    severity: 'error',
    selfHealing: 'maybe',
    text: 'takes its environment from something that is not there',
    advice: 'create the ConfigMap, the Secret or the key; the kubelet tries again by itself',
  },
  {
    id: 'container-create-error',
    reason: /^CreateContainer(?:Config)?Error$/,
    message: /(?:)/,
    severity: 'error',
    selfHealing: 'maybe',
    text: "can't be made",
    advice: 'what the runtime says tells which: a name in use, a mount, a resource, a device',
  },
  {
    id: 'container-run-error',
    reason: /^RunContainerError$/,
    message: /(?:)/,
    severity: 'error',
    selfHealing: 'no',
    text: "can't be started",
    advice: 'correct its command, its arguments or its image (is the program there, and executable?)',
  },
  {
    id: 'container-hook-error',
    reason: /^(?:PreCreateHook|PreStartHook|PostStartHook)Error$/,
    message: /(?:)/,
    severity: 'warning',
    selfHealing: 'maybe',
    text: 'is ended because a hook of it fails',
    advice: "see the hook's command or request, and what it needs to be there that early",
  },
]

function told(subject: PodSubject, id: string) {
  return id === 'container-hook-error'
    ? toldOf(subject, 'FailedPostStartHook')
    : toldOf(subject, 'Failed', /^Error: /)
}

/** The first container, init containers first, whose state the table knows. */
const waiting: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  for (const container of containersOf(pod)) {
    const {reason = '', message = ''} = container.status.state?.waiting ?? {}
    const known = WAITING.find((each) => each.reason.test(reason) && each.message.test(message))
    if (!known) continue
    return podFinding(subject, {
      id: known.id,
      severity: known.selfHealing === 'no' ? known.severity : severityOn(subject, known.severity),
      message: `${podText(pod)}: ${containerText(container)} ${known.text}${saying(message)}`,
      since: unreadySince(pod),
      evidence: [
        `pod/${nameOf(pod)} container ${container.name} state.waiting.reason=${reason}`,
        ...eventEvidence(subject, told(subject, known.id)),
      ],
      selfHealing: known.selfHealing,
      remedy: look([describePod(pod)], known.advice + (known.selfHealing === 'no' ? afterEdit(subject) : '')),
    })
  }
  return undefined
}

/** What keeps a container from running, or makes it end. */
export const containers: Rule<PodSubject> = whileUnready(firstCause([waiting, crash]))
