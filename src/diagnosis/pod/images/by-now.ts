import type {PodContainer} from '../../../model/containers.ts'
import {controllerUid, isObserved, nameOf} from '../../../model/objects.ts'
import {isCreatedFromCurrent, revisionOf} from '../../../model/rollout/stateful-set-facts.ts'
import {ordinalIn} from '../../../model/stateful-set.ts'
import type {Remedy} from '../../finding.ts'
import type {PodSubject} from '../subject.ts'
import {DELETION_RISK, replacementWay} from '../template-fix.ts'

/** The image that the container gets once its Pod is created again, where the template of its StatefulSet names another one by now. */
export function imageByNow({pod, relations}: PodSubject, {name, spec}: PodContainer): string | undefined {
  const set = relations.statefulSetWith(controllerUid(pod))
  if (!set || !isObserved(set)) return undefined
  const ordinal = ordinalIn(nameOf(pod), nameOf(set))
  const {updateRevision} = set.status ?? {}
  if (ordinal === undefined || !updateRevision || revisionOf(pod) === updateRevision) return undefined
  if (isCreatedFromCurrent(set, ordinal)) return undefined
  const {containers, initContainers} = set.spec?.template?.spec ?? {}
  const image = [...(initContainers ?? []), ...(containers ?? [])].find((each) => each.name === name)?.image
  return image && !isSame(image, spec?.image ?? '') ? image : undefined
}

/** Admission may have put a mirror before the name, or a digest behind it. */
function isSame(template: string, image: string): boolean {
  const bare = (name: string) => name.replace(/@.*$/, '').split('/').at(-1)
  return bare(template) === bare(image)
}

/** Nothing is left to correct in the template: what is left is to replace the Pod. */
export function replacedByNow(subject: PodSubject, look: readonly string[], image: string): Remedy {
  const way = replacementWay(
    subject,
    `the template names image ${image} by now, and this Pod is of an older revision`,
  )
  const deletes = way.commands.length > 0
  return {look, act: [way], risk: deletes ? DELETION_RISK : '', avoid: '', rung: deletes ? 2 : 0}
}
