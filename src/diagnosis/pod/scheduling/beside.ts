import {nameOf, namespaceOf} from '../../../model/objects.ts'
import type {Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {describePod} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {choice} from './choice.ts'
import {otherPodText, reachText} from './finding.ts'
import {isWhereVolumesAre, type Neighbour, neighbourOf, placeText} from './neighbours.ts'
import {AFFINITY, ANTI_AFFINITY, causes} from './reasons-affinity.ts'
import {allowedNodes, type SchedulerVerdict} from './verdict.ts'

/** Where other Pods and the Pod's own volumes want it in different places: who, and where. */
export function besideText(subject: PodSubject, verdict: SchedulerVerdict): string | undefined {
  const neighbour = neighbourFor(subject, verdict)
  const [volume] = verdict.volumes
  if (!neighbour || !volume) return undefined
  const [who, where] = [otherPodText(neighbour.pod, subject.pod), placeText(neighbour)]
  const rule =
    verdict.id === AFFINITY
      ? `must run beside ${who}, which is in ${where} (podAffinity)`
      : `must not share ${where} with ${who}, which runs there (podAntiAffinity)`
  return `the Pod ${rule}, and its volume ${nameOf(volume)} is only reachable from ${reachText(volume)}`
}

/** What brings the two together, or parts them: a volume does not move. */
export function besideRemedy(subject: PodSubject, verdict: SchedulerVerdict): Remedy | undefined {
  const neighbour = neighbourFor(subject, verdict)
  const [volume] = verdict.volumes
  if (!neighbour || !volume) return undefined
  const {pod} = neighbour
  const look = [
    kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'wide'),
    describePod(subject.pod),
  ]
  if (verdict.id !== AFFINITY) return apart(look, subject, verdict, neighbour)
  return choice(look, [
    `if ${otherPodText(pod, subject.pod)} is free to move, let it run in ${reachText(volume)} as well: the volume can't move`,
    'prefer instead of require in the podAffinity of the template',
  ])
}

const PREFER = 'prefer instead of require in the podAntiAffinity of the template'

function apart(
  look: readonly string[],
  {relations}: PodSubject,
  {volumes}: SchedulerVerdict,
  neighbour: Neighbour,
): Remedy {
  const [volume] = volumes
  const {risk} = causes[ANTI_AFFINITY]
  if (!isWhereVolumesAre(neighbour, volumes, relations)) {
    const where = volume ? reachText(volume) : placeText(neighbour)
    return choice(look, [`add a node in ${where}: there it takes one for each of these Pods`, PREFER], {risk})
  }
  const ways = [
    `no other node helps, since the volume is only in ${placeText(neighbour)}: ${PREFER}`,
    'only if the claim of this Pod holds nothing yet, let it be created again elsewhere',
  ]
  return choice(look, ways, {risk: `${risk}; a recreated claim is empty`})
}

function neighbourFor(subject: PodSubject, {id}: SchedulerVerdict): Neighbour | undefined {
  return subject.relations.sees('nodes') ? neighbourOf(subject, id, allowedNodes(subject)) : undefined
}
