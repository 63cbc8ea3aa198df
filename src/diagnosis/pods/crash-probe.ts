import {nameOf} from '../../model/objects.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containerText, lastEnd, type PodContainer, probeSeconds} from './containers-facts.ts'
import {
  afterEdit,
  describePod,
  eventEvidence,
  logsOf,
  podFinding,
  severityOn,
  unreadySince,
} from './containers-finding.ts'
import {crashEvidence, endText, killingProbe, restartsText} from './crash-facts.ts'
import type {PodSubject} from './subject.ts'

interface Probe {
  readonly id: string
  readonly advice: (seconds: number) => string
  readonly danger: string
}

const PROBES: Readonly<Record<'liveness' | 'startup', Probe>> = {
  liveness: {
    id: 'crash-by-liveness',
    advice: (seconds) =>
      `it did not crash: see why it does not answer within ${seconds}s, then mend it or the probe's timings; a slow start wants a startupProbe`,
    danger: 'a laxer probe hides a container that hangs',
  },
  startup: {
    id: 'crash-by-startup-probe',
    advice: (seconds) =>
      `its startup probe gives it ${seconds}s (failureThreshold × periodSeconds): see what takes longer, or raise that`,
    danger: '',
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
  const {id, advice, danger} = PROBES[probe]
  const asked = container.spec?.[`${probe}Probe`]
  return podFinding(subject, {
    id,
    severity: severityOn(subject, 'error'),
    message: `${podText(pod)}: ${containerText(container)} is ended by its kubelet because its ${probe} probe fails (${endText(lastEnd(container))}), and ${restartsText(container)}`,
    since: unreadySince(pod),
    evidence: [
      ...events.flatMap((event) => eventEvidence(subject, event)),
      ...crashEvidence(subject, container),
      ...(probe === 'startup' && container.status.started === false
        ? [`pod/${nameOf(pod)} container ${container.name} started=false`]
        : []),
    ],
    remedy: {
      commands: [logsOf(pod, container.name, true), describePod(pod)],
      advice: advice(probeSeconds(asked ?? {})) + afterEdit(subject),
      danger,
      rung: 1,
    },
  })
}

/** The kubelet itself ends the container, and would have let it run otherwise. */
export function killedByProbe(find: Find): Rule<PodSubject> {
  return firstCause([probeRule('startup', find), probeRule('liveness', find)])
}
