import {oneNodeRules} from '../diagnosis/daemon-set/index.ts'
import {diagnose, type Finding} from '../diagnosis/finding.ts'
import {type DaemonSet, type Node, nameOf} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import {daemonNodeSubject, daemonSetSubject} from './coverage-daemon-set.ts'

/** Which DaemonSets are not wanted on the node, and what does not keep them from it. */
export function daemonNotes(node: Node, relations: Relations): readonly Finding[] {
  if (!relations.sees('daemonSets')) return []
  const here = {...relations, snapshot: {...relations.snapshot, nodes: [node]}}
  return relations.snapshot.daemonSets.flatMap((daemonSet) => notesOf(daemonSet, node, here))
}

function notesOf(daemonSet: DaemonSet, node: Node, relations: Relations): readonly Finding[] {
  const subject = daemonSetSubject(daemonSet, relations)
  const [counted] = subject.nodes
  return diagnose(oneNodeRules, daemonNodeSubject(subject, nameOf(node), counted, counted?.pods ?? []))
}
