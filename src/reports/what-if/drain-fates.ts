import type {Expectations} from '../../model/foretold/aftermath.ts'
import {type Drained, drainFlags, drainRole} from '../../model/foretold/drain.ts'
import {keyOf, type Node, nameOf, type Pod} from '../../model/objects.ts'
import {keepersOf} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {fateOf, goneFate, keptText} from './fates.ts'
import type {PodFate} from './report.ts'
import {refusalText} from './words.ts'

/** What becomes of each Pod on the nodes that are drained. */
export function drainFates(
  nodes: readonly Node[],
  {rounds, refused, failed, lingering}: Drained,
  relations: Relations,
  expected: Expectations,
): readonly PodFate[] {
  const arrivals = new Map(rounds.flatMap((round) => round.arrivals).map((each) => [keyOf(each.pod), each]))
  const refusals = new Map([...refused, ...failed].map(({pod, refusal}) => [pod, refusal]))
  const evicted = new Set(rounds.flatMap((round) => round.evicted))
  return nodes.flatMap((node) =>
    relations.podsOn(nameOf(node)).map((pod) => {
      const wants = drainFlags(pod, relations)
      const refusal = refusals.get(pod)
      if (drainRole(pod, relations) === 'Left') return {...fateOf(pod, 'Left'), wants}
      if (refusal) return {...fateOf(pod, 'Refused'), wants, message: refusalText(refusal)}
      if (!evicted.has(pod)) return {...fateOf(pod, 'Staying'), wants}
      if (lingering.includes(pod)) return {...fateOf(pod, 'Terminating'), wants, message: lingerText(pod)}
      return {...goneFate(pod, 'Evicted', arrivals.get(keyOf(pod)), expected, relations), wants}
    }),
  )
}

function lingerText(pod: Pod): string {
  const kept = keptText(keepersOf(pod))
  return kept ? `${kept}: it stays Terminating until whoever has set that takes it away` : SILENT_NODE
}

const SILENT_NODE =
  'its node does not answer: it stays Terminating until somebody says that the machine is off'
