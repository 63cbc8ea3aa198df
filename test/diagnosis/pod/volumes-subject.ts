/** What the rules about one Pod say of the first Pod of a small cluster. */
import type {Finding, Rule} from '../../../src/diagnosis/finding.ts'
import {type PodSubject, podSubject} from '../../../src/diagnosis/pod/subject.ts'
import {relate} from '../../../src/model/relations.ts'
import {pod, snapshot} from '../../builders.ts'
import type {Facts} from '../subjects.ts'

export function firstPod({unseen = [], ...facts}: Facts): PodSubject {
  return podSubject(facts.pods?.[0] ?? pod(), relate(snapshot(facts, unseen)))
}

export function ofPod(rule: Rule<PodSubject>, facts: Facts): Finding | undefined {
  return rule(firstPod(facts))
}
