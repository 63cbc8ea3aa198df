import {nameOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {podReference, podText} from '../pod.ts'
import type {DaemonNodeSubject} from '../subjects.ts'

/** The Pod outlived its Node object; a garbage collector takes it away after forty seconds. */
export const nodeGone: Rule<DaemonNodeSubject> = ({state, name, pods: [pod]}) => {
  if (state !== 'NodeGone' || !pod) return undefined
  return {
    id: 'term-node-object-gone',
    severity: 'warning',
    message: `${podText(pod)} is for node ${name}, which no longer exists`,
    object: podReference(pod),
    evidence: [`pod/${nameOf(pod)} is for node ${name}`, `node/${name} not found`],
    selfHealing: 'yes',
    remedy: {
      commands: [kubectl('get', 'node', name)],
      advice: 'wait: it is taken away within a minute; if it stays, see whether the controller manager runs',
      danger: '',
      rung: 0,
    },
  }
}
