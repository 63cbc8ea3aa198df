import {refusal} from '../../../model/node.ts'
import {placementOf} from '../../../model/placement.ts'
import type {Finding} from '../../finding.ts'
import {type PassingState, passingState} from '../../passing-taints.ts'
import {FEW, fewText} from '../../words.ts'
import type {PodSubject} from '../subject.ts'
import {byNearness} from './passing-causes.ts'
import {reasonNamed} from './reasons.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** Where room is short: nodes that would count if they were well. They are not the cause, and may be the cure. */
export function withAbsentNodes(finding: Finding, subject: PodSubject, verdict: SchedulerVerdict): Finding {
  const absent = absentNodes(subject, verdict)
  const {remedy} = finding
  if (absent.length === 0 || !remedy) return finding
  const texts = absent.slice(0, FEW).map(({name, text}) => `node ${name} ${text}`)
  const way = {
    text: `see whether others have room once they are well again: ${fewText(texts, absent.length - FEW)}`,
    commands: [],
  }
  return {
    ...finding,
    evidence: [...finding.evidence, ...absent.slice(0, FEW).map(({name, text}) => `node/${name} ${text}`)],
    remedy: {...remedy, act: [way, ...(remedy.act ?? [])]},
  }
}

function absentNodes({pod, relations}: PodSubject, verdict: SchedulerVerdict): readonly PassingState[] {
  const {id, nodes, volumes} = verdict
  const reason = reasonNamed(id)
  if (nodes.length === 0 || !reason || reason.about || reason.stage !== undefined) return []
  const template = pod.spec && {spec: pod.spec}
  const {fitting} = placementOf({volumes, selected: [], template}, relations)
  return relations.once('absentNodes', fitting, () =>
    fitting
      .flatMap((node) => passingState(node, refusal(node, template)?.taints ?? []) ?? [])
      .filter(({kind}) => kind !== 'leaving')
      .toSorted(byNearness),
  )
}
