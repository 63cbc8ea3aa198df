import {cleanCell} from '../../model/clean.ts'
import type {RolledWorkload, RolloutReport, RolloutStep} from '../../reports/rollout/report.ts'
import {type Changing, changingOf, rememberedParts} from '../changing.ts'
import {workloadName} from './rollout-list.ts'
import {countsText, nextText} from './rollout-words.ts'

/** What may change while somebody watches, a line for each Pod or node and one for each workload. */
export function changingSteps(report: RolloutReport): Changing {
  return changingOf(report.workloads.map((workload) => partOf(workload, report)))
}

/** Workloads whose steps only the controller knows, as while it has not looked at the newest generation. */
export function vagueWorkloads({workloads}: RolloutReport): readonly string[] {
  return workloads.filter(({steps, counts}) => steps.length === 0 && counts.updated === null).map(keyOf)
}

function keyOf(workload: RolledWorkload): string {
  return `${workload.namespace}/${workloadName(workload)}`
}

const partOf = rememberedParts<RolloutReport, RolledWorkload>((workload) => ({
  lines: new Map(linesOf(workload).map(([key, line]) => [key, [cleanCell(line)]])),
  widths: [0],
}))

function linesOf(workload: RolledWorkload): readonly (readonly [string, string])[] {
  const key = keyOf(workload)
  const steps = workload.steps.map((step) => {
    const place = workload.kind === 'StatefulSet' ? step.pod : step.nodeName
    return [`${key}/${place}`, `${key}  ${place}  ${stepText(step)}`] as const
  })
  return [...steps, [key, `${key}  ${summaryText(workload)}`]]
}

function stepText({state, status, containers, revision}: RolloutStep): string {
  const facts = [status, containers && `${containers.ready}/${containers.total}`, revision]
  return [state, ...facts.filter((fact) => fact !== null)].join('  ')
}

/** Without times, which change without anything happening. */
function summaryText(workload: RolledWorkload): string {
  const {state, blockedBy, next} = workload
  const why =
    blockedBy?.message ?? (next.waitsFor ? `waits for ${next.waitsFor.message}` : doneText(workload))
  return [state, countsText(workload), ...(why ? [why] : [])].join('  ')
}

function doneText(workload: RolledWorkload): string | null {
  return workload.state === 'Progressing' ? `next: ${nextText(workload, '')}` : workload.reason
}
