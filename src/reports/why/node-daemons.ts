import {oneNodeRules} from '../../diagnosis/daemon-set/index.ts'
import {missing} from '../../diagnosis/daemon-set/missing.ts'
import {daemonNodeSubject, daemonSetSubject} from '../../diagnosis/daemon-set/subject.ts'
import {diagnose, type Finding} from '../../diagnosis/finding.ts'
import {eligibility} from '../../model/daemon-eligibility.ts'
import {podsFor} from '../../model/daemon-pods.ts'
import {type DaemonSet, type Node, nameOf} from '../../model/objects.ts'
import {type Relations, relate} from '../../model/relations.ts'

/** Which DaemonSets lack their Pod on the node, or are not wanted there, and what does not keep them from it. */
export function daemonNotes(node: Node, relations: Relations): readonly Finding[] {
  if (!relations.sees('daemonSets')) return []
  const here = relate({...relations.snapshot, nodes: [node]})
  return relations.snapshot.daemonSets.flatMap((daemonSet) => notesOf(daemonSet, node, here))
}

function notesOf(daemonSet: DaemonSet, node: Node, relations: Relations): readonly Finding[] {
  const subject = daemonSetSubject(daemonSet, relations)
  const [counted] = subject.nodes
  const onNode = daemonNodeSubject(subject, nameOf(node), counted, counted?.pods ?? [])
  return diagnose([missing, ...oneNodeRules], onNode)
}

/** Those that should have a Pod on the node, and of which none is seen. */
export function missingDaemons(node: Node, relations: Relations): readonly DaemonSet[] {
  return relations.snapshot.daemonSets.filter(
    (set) =>
      eligibility(set.spec?.template, node).shouldRun && podsFor(set, nameOf(node), relations).length === 0,
  )
}
