/** What is said of the first Pod of small clusters. */
import type {Finding} from '../../../src/diagnosis/finding.ts'
import {podRules} from '../../../src/diagnosis/pod/index.ts'
import {podSubject} from '../../../src/diagnosis/pod/subject.ts'
import {relate} from '../../../src/model/relations.ts'
import {snapshot} from '../../builders.ts'
import type {Facts} from '../subjects.ts'

export function diagnosed({unseen = [], ...facts}: Facts, version = 'v1.37.1'): Finding | undefined {
  const [pod] = facts.pods ?? []
  if (!pod) throw new Error('no Pod')
  return podRules(podSubject(pod, relate({...snapshot(facts, unseen), server: {version}})))
}

/** What to do, way by way. */
export function actText(finding: Finding | undefined): string {
  return (finding?.remedy?.act ?? []).map(({text}) => text).join('\n')
}

/** Everything of a remedy that may be copied, in its order. */
export function commandsOf(finding: Finding | undefined): readonly string[] {
  const {look = [], act = []} = finding?.remedy ?? {}
  return [...look, ...act.flatMap(({commands}) => commands)]
}
