import {kubectl} from '../../diagnosis/kubectl-command.ts'
import type {Expectations} from '../../model/foretold/aftermath.ts'
import type {Arrival} from '../../model/foretold/arrivals.ts'
import {afterDeparture} from '../../model/foretold/departure.ts'
import {ownerKindOf} from '../../model/foretold/owner.ts'
import {worldOf} from '../../model/foretold/world.ts'
import {keyOf, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import {daemonBack} from './daemon-back.ts'
import {expectationsOf} from './expectations.ts'
import {fateOf, goneFate, notEnded, upTo} from './fates.ts'
import {lossFirst, withLossDanger} from './loss-first.ts'
import {movedWorkloads} from './moved.ts'
import {lossesWithPods, lossOfLast} from './pod-losses.ts'
import type {PodFate, StepAction, WhatIfEnd} from './report.ts'
import {worstFirst} from './retained.ts'
import {actionsIn, actionsOn, step} from './steps.ts'

/** A Pod is deleted: whether it comes back, at which revision and where. */
export function whatIfPodDeleted(pod: Pod, neverReady: readonly string[], relations: Relations): Answer {
  const expected = expectationsOf(neverReady, relations)
  const after = afterDeparture(worldOf(relations), [pod], expected)
  const arrival = after.arrivals.find((each) => keyOf(each.pod) === keyOf(pod))
  const fate = fateOfDeleted(pod, arrival, expected, relations)
  const created = actionsIn(after.courses)
  const losses = lossesWithPods([pod], relations)
  return answer({
    steps: [step({actions: [...actionsOn([pod], 'Delete'), ...created], unavailable: [nameOf(pod)]})],
    end: lossFirst(endOf(pod, fate, revisionsOf(pod, created)), expected.leaves(pod) ? losses : []),
    losses: worstFirst([...losses, ...(fate.returns === 'Never' && !fate.owner ? [lossOfLast(pod)] : [])]),
    pods: [fate],
    workloads: movedWorkloads([{...after, evicted: [pod]}], after.world, relations),
    command: withLossDanger(
      {
        text: kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod)),
        danger: fate.returns === 'Never' ? 'nobody creates it again' : '',
      },
      losses,
    ),
  })
}

/** At which it is created again, and at which an update that goes on then creates it once more. */
function revisionsOf(pod: Pod, actions: readonly StepAction[]): string {
  const own = actions.filter(
    ({action, namespace, name}) =>
      action === 'Create' && namespace === namespaceOf(pod) && name === nameOf(pod),
  )
  return [...new Set(own.flatMap(({revision}) => revision ?? []))].join(', then ')
}

function fateOfDeleted(
  pod: Pod,
  arrival: Arrival | undefined,
  expected: Expectations,
  relations: Relations,
): PodFate {
  if (!expected.leaves(pod)) return {...fateOf(pod, 'Terminating'), message: notEnded(pod)}
  const owner = ownerKindOf(pod, relations)
  if (owner === 'DaemonSet')
    return {...fateOf(pod, 'Deleted'), ...daemonBack(pod, expected.isNeverReady(pod), relations)}
  if (owner === 'Node') {
    const nodes = [pod.spec?.nodeName ?? ''].filter(Boolean)
    return {...fateOf(pod, 'Deleted'), returns: expected.isNeverReady(pod) ? 'No' : 'Yes', nodes}
  }
  return goneFate(pod, 'Deleted', arrival, expected, relations)
}

function endOf(
  pod: Pod,
  {returns, message, nodes, hasMoreNodes, fate, owner}: PodFate,
  revision: string,
): WhatIfEnd {
  const name = nameOf(pod)
  const at = revision ? ` at revision ${revision}` : ''
  if (fate === 'Terminating')
    return {state: 'Stopped', message: `${name} stays Terminating: ${message}`, waitsFor: null}
  if (fate === 'Removed')
    return {
      state: 'Done',
      message: `${name} is gone: ${message}, and nobody creates it again`,
      waitsFor: null,
    }
  if (returns === 'Never')
    return {
      state: 'Short',
      message: `${name} does not come back: ${owner && message ? message : 'nobody creates it again'}`,
      waitsFor: null,
    }
  if (returns === 'No')
    return {
      state: 'Short',
      message: `${name} is created again${at}, and is not at work: ${message}`,
      waitsFor: null,
    }
  if (returns === null && message === upTo(owner?.kind))
    return {
      state: 'Unknown',
      message: `${name} is gone, and ${message} ${owner?.name}`,
      waitsFor: null,
    }
  if (returns === 'Maybe')
    return {
      state: 'Short',
      message: `${name} is created again${at}, and may not be at work: ${message}`,
      waitsFor: null,
    }
  if (returns === null)
    return {
      state: 'Unknown',
      message: `whether ${name} comes back is <unknown>${message ? `: ${message}` : ''}`,
      waitsFor: null,
    }
  const many = `${hasMoreNodes ? 'more than ' : ''}${nodes?.length ?? 0}`
  const where = nodes?.length === 1 ? ` on ${nodes[0]}` : ` on one of ${many} nodes`
  return {state: 'Done', message: `${name} comes back${at}${where}`, waitsFor: null}
}
