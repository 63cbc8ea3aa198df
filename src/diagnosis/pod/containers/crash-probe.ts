import {type PodContainer, probeSeconds} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {type Finding, firstCause, type Rule} from '../../finding.ts'
import {describePod, eventEvidence, logsOf, podFinding, severityOn, unreadySince} from '../finding.ts'
import type {Help} from '../help.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {fixedInTemplate, TEMPLATE_RISK} from '../template-fix.ts'
import {crashEvidence, killingProbe, restartsText} from './crash-facts.ts'

const PATIENT_RISK = 'a more patient probe leaves a container that hangs as it is'

export const causes = {
  'crash-by-liveness': {
    title: 'liveness probe kills it',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Events say `Liveness probe failed:`, then that the container `failed liveness probe`.',
    remedy:
      'See whether the process hangs or only answers slowly; give it the time that it needs, best with a startup probe.',
    risk: `${PATIENT_RISK}; ${TEMPLATE_RISK}`,
  },
  'crash-by-startup-probe': {
    title: 'startup probe kills it',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Events say `Startup probe failed:` and that the container `failed startup probe`; its `started` is `false`.',
    remedy:
      'Allow more time: `failureThreshold` times `periodSeconds`. A database that recovers after a crash may need much more than usual.',
    risk: TEMPLATE_RISK,
  },
} satisfies Causes

interface Probe {
  readonly id: keyof typeof causes
  readonly help: (seconds: number) => Help
  readonly risk?: string
}

const PROBES: Readonly<Record<'liveness' | 'startup', Probe>> = {
  liveness: {
    id: 'crash-by-liveness',
    risk: PATIENT_RISK,
    help: (seconds) => ({
      acts: ['fix what keeps it from answering, if its log names that: it did not crash by itself'],
      what: `if it only needs more than ${seconds}s, allow it more (failureThreshold; a startupProbe for a slow start)`,
    }),
  },
  startup: {
    id: 'crash-by-startup-probe',
    help: (seconds) => ({
      acts: [
        `fix what makes it take more than ${seconds}s (failureThreshold × periodSeconds), if its log names that`,
      ],
      what: 'if it needs that time, raise failureThreshold of its startupProbe',
    }),
  },
}

type Find = (subject: PodSubject) => PodContainer | undefined

function probeRule(probe: 'liveness' | 'startup', find: Find): Rule<PodSubject> {
  return (subject) => {
    const container = find(subject)
    const killed = container && killingProbe(subject, container)
    if (!container || killed?.probe !== probe) return undefined
    return probeFinding(subject, container, probe, killed.events)
  }
}

function probeFinding(
  subject: PodSubject,
  container: PodContainer,
  probe: 'liveness' | 'startup',
  events: NonNullable<ReturnType<typeof killingProbe>>['events'],
): Finding {
  const {pod} = subject
  const {id, help, risk} = PROBES[probe]
  const {acts, what = ''} = help(probeSeconds(container.spec?.[`${probe}Probe`] ?? {}))
  return podFinding(subject, {
    id,
    severity: severityOn(subject, 'error'),
    message: `The ${probe} probe of ${containerOf(container, pod)} fails, so its kubelet kills it (${restartsText(container)})`,
    since: unreadySince(pod),
    evidence: [
      ...events.flatMap((event) => eventEvidence(subject, event)),
      ...crashEvidence(subject, container),
      ...(probe === 'startup' && container.status.started === false
        ? [`pod/${nameOf(pod)} container ${container.name} started=false`]
        : []),
    ],
    remedy: fixedInTemplate(subject, {
      look: [logsOf(pod, container.name, true), describePod(pod)],
      before: acts,
      what,
      ...(risk && {risk}),
    }),
  })
}

/** The kubelet itself ends the container, and would have let it run otherwise. */
export function killedByProbe(find: Find): Rule<PodSubject> {
  return firstCause([probeRule('startup', find), probeRule('liveness', find)])
}
