import {diagnose, type Finding} from '../diagnosis/finding.ts'
import {podRules} from '../diagnosis/pods/index.ts'
import {podSubject} from '../diagnosis/pods/subject.ts'
import type {Pod} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'

/** What is wrong with one Pod, whoever owns it. */
function podFindings(pod: Pod, relations: Relations): readonly Finding[] {
  return diagnose([podRules], podSubject(pod, relations))
}

/** What a finding about the Pod's place says already, and better. */
const COVERS: Readonly<Record<string, string>> = {
  'ds-surge-hostport': 'sched-host-port',
  'ds-noexecute-evicted': 'evicted-by-taint',
}

/** Those that do not only repeat what is known of the Pod's place, such as why its claim is not bound. */
export function furtherPodFindings(
  pod: Pod,
  relations: Relations,
  known: readonly Finding[],
): readonly Finding[] {
  const ids = new Set(known.flatMap(({id}) => [id, COVERS[id]]))
  const claims = new Set(
    known
      .map(({object}) => object)
      .filter(isClaim)
      .map(nameOfReference),
  )
  return podFindings(pod, relations).filter(
    ({id, object}) => !ids.has(id) && !(isClaim(object) && claims.has(object.name)),
  )
}

const isClaim = ({kind}: Finding['object']) => kind === 'PersistentVolumeClaim'
const nameOfReference = ({name}: Finding['object']) => name

/**
 * What is known of a Pod's place, and what the Pod itself adds. Where the scheduler has judged the Pod, that is truer than
 * what its volume alone lets one expect.
 */
export function withPodFindings(
  known: readonly Finding[],
  pod: Pod,
  relations: Relations,
): readonly Finding[] {
  const further = furtherPodFindings(pod, relations, known)
  const isJudged = further.some(({id}) => id.startsWith('sched-'))
  return [...known.filter(({id}) => !isJudged || id !== 'sched-pv-node-affinity'), ...further]
}
