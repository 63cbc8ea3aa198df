import type {Causes} from '../cause.ts'
import type {CreateCause} from './failed-create.ts'

export const causes = {
  'sts-create-failed': {
    title: "the set's Pod can't be created",
    applies: ['StatefulSet'],
    sign: 'An ordinal has no Pod, and the StatefulSet has `FailedCreate` with a text that no `create-` cause knows.',
    remedy: 'Act on the text in the event.',
  },
  'ds-create-failed': {
    title: "daemon Pods can't be created",
    applies: ['DaemonSet'],
    sign: 'A node should run a Pod and has none, and the DaemonSet has `FailedCreate` with a text that no `create-` cause knows.',
    remedy:
      'Act on the text in the event. One refusal can leave many nodes empty: the controller stops a batch at the first one.',
  },
} satisfies Causes

export const CREATE_FAILED = 'sts-create-failed' satisfies keyof typeof causes
const IDS = {StatefulSet: CREATE_FAILED, DaemonSet: 'ds-create-failed'} as const

/** Words that nobody knows are quoted, and nothing is invented about them. */
export function unknownCause(kind: keyof typeof IDS, command: string): CreateCause {
  return {
    id: IDS[kind],
    severity: 'error',
    selfHealing: 'maybe',
    remedy: {
      look: [command],
      act: [{text: 'act on the text of the refusal', commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}
