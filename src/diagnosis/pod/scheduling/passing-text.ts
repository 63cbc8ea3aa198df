import {nameOf, type PersistentVolume} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import {allowedNodes} from '../../../model/volume.ts'
import type {Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import type {PassingState} from '../../passing-taints.ts'
import {FEW, fewText} from '../../words.ts'
import {choice} from './choice.ts'
import {reachText} from './finding.ts'

/** `node a, which alone reaches volume v, is not ready`; of several what is wrong with each, few by few. */
export function statesText(
  states: readonly PassingState[],
  volumes: readonly PersistentVolume[],
  {once}: Relations,
): string {
  const groups = once('byText', states, () => [...Map.groupBy(states, ({text}) => text)])
  const texts = groups.map(([text, alike]) => {
    const names = fewText(
      alike.slice(0, FEW).map(({name}) => name),
      alike.length - FEW,
    )
    return alike.length > 1
      ? `nodes ${names} (each ${text})`
      : `node ${names}${reach(states, volumes)} ${text}`
  })
  const [only] = texts
  if (groups.length === 1 && states.length === 1) return only ?? ''
  const where = volumes[0]
    ? `no node that reaches volume ${nameOf(volumes[0])} (${reachText(volumes[0])})`
    : 'no node that fits'
  return `${where} takes the Pod now: ${fewText(texts)}`
}

function reach({length}: readonly PassingState[], [volume]: readonly PersistentVolume[]): string {
  if (length > 1 || !volume) return ''
  const {nodes} = allowedNodes(volume)
  return nodes?.length === 1
    ? `, which alone reaches volume ${nameOf(volume)},`
    : `, the only one that reaches volume ${nameOf(volume)} (${reachText(volume)}),`
}

export function passingRemedy(states: readonly PassingState[], volumes: readonly PersistentVolume[]): Remedy {
  const [first] = states
  const isSingle = states.length === 1
  const look = isSingle ? kubectl('describe', 'node', first?.name ?? '') : kubectl('get', 'nodes')
  return choice([look, ...(first?.commands ?? [])], first ? waysFor(first, isSingle, volumes) : [])
}

/** What ends it, and what helps where the node itself does not come. */
function waysFor(
  state: PassingState,
  isSingle: boolean,
  [volume]: readonly PersistentVolume[],
): readonly string[] {
  const {kind, advice, isLasting} = state
  const isLocal = volume !== undefined && allowedNodes(volume).nodes?.length === 1
  if (kind === 'leaving') return [...(isLasting ? [advice] : []), inPlaceOf(state, volume, isLocal)]
  const more = [
    ...(isSingle ? [] : ['one of them may be enough']),
    ...(volume && isLocal ? [`the data of ${nameOf(volume)} is only there`] : []),
  ]
  return [
    [advice, ...more].join('; '),
    ...(volume && !isLocal ? [`add a node in ${reachText(volume)}, which will do as well`] : []),
  ]
}

/** What helps where the node is being taken away, and does not come back. */
function inPlaceOf({name}: PassingState, volume: PersistentVolume | undefined, isLocal: boolean): string {
  if (!volume) return 'see why no other node is added: this one does not come back'
  return isLocal
    ? `volume ${nameOf(volume)} is on node ${name} alone and may be lost with it: while the node is there, have its removal stopped, or the data copied`
    : `a node is needed in ${reachText(volume)}: see why none is added there (the limits, quotas and zones of its pools)`
}
