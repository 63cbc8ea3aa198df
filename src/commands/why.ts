import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import type {Facts} from '../command-line/reading.ts'
import {clean} from '../model/clean.ts'
import type {WhyReport} from '../reports/why/report.ts'
import {subjectsIn, whyKinds} from '../reports/why/subject.ts'

const load = () => Promise.all([import('../reports/why/question.ts'), import('../render/views/why.ts')])

export const whyCommand = questionCommand({
  summary: 'Why one thing is blocked: the cause, what to do, what not to do, and the proof',
  description: `From what wants it to what it stands on (set, ordinal, Pod, claim, volume, attachment, node), with the link that is broken; then what happened, in one order; then the cause, what proves it, and what to do. Of a node: what it holds, what is pinned to it, and what would not come back elsewhere.

TYPE is a StatefulSet, DaemonSet, Pod, PersistentVolumeClaim or Node.`,
  usage: 'why TYPE/NAME [flags]',
  examples: [
    {description: 'Why a set is blocked', command: 'kubectl stateful why sts/db -n shop'},
    {description: 'With the last words of its container', command: 'kubectl stateful why pod/db-2 --logs'},
    {description: 'What hangs on a node', command: 'kubectl stateful why node/worker-7'},
    {description: 'From saved objects', command: 'kubectl stateful why pvc/data-db-1 -f snapshot.yaml'},
  ],
  rights: 'get of what it is about. Read besides: all that it stands on, events, and pods/log for --logs.',
  flags: {
    logs: {
      type: 'boolean',
      description: "Add the last 20 lines of the failing container's log",
      check: ({filename}) =>
        Array.isArray(filename) && filename.length > 0
          ? '--logs needs a cluster: saved objects hold no logs'
          : undefined,
    },
  },
  naming: {kinds: whyKinds, isOne: true},
  answering: async ({logs}): Promise<Answering<WhyReport>> => {
    const [{whyQuestion, whyWithLogsQuestion}, {whyView}] = await load()
    return {
      question: logs ? whyWithLogsQuestion : whyQuestion,
      sections: whyView,
      refusal: severalSubjects,
    }
  },
})

/** Sentence for a name that is found in several namespaces; undefined: in one at most. */
function severalSubjects({subject: {kind, name}}: WhyReport, {snapshot, scope}: Facts): string | undefined {
  const namespaces = subjectsIn(snapshot, scope).map(({metadata}) => metadata?.namespace ?? '')
  if (namespaces.length <= 1) return undefined
  const where = clean(namespaces.toSorted().join(', '))
  return `error: ${kind} "${clean(name)}" is in several namespaces: say which with -n (${where})`
}
