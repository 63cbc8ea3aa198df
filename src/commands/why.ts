import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import type {Facts} from '../command-line/reading.ts'
import {clean} from '../model/clean.ts'
import type {Question} from '../reports/report.ts'
import type {WhyReport} from '../reports/why/report.ts'
import {subjectsIn, whyKinds} from '../reports/why/subject.ts'

async function questionFor(isCustom: boolean, withLogs: boolean): Promise<Question<WhyReport>> {
  if (isCustom) {
    const {customWhyQuestion, customWhyWithLogsQuestion} = await import('../reports/custom/why.ts')
    return withLogs ? customWhyWithLogsQuestion : customWhyQuestion
  }
  const {whyQuestion, whyWithLogsQuestion} = await import('../reports/why/question.ts')
  return withLogs ? whyWithLogsQuestion : whyQuestion
}

export const whyCommand = questionCommand({
  summary: 'Why one thing is blocked: the cause, what to do, what not to do, and the proof',
  description: `From what wants it to what it stands on (set, ordinal, Pod, claim, volume, attachment, node), with the link that is broken; then what happened, in one order; then the cause, what proves it, and what to do. Of a node: what it holds, what is pinned to it, and what would not come back elsewhere.

TYPE is a StatefulSet, DaemonSet, Pod, PersistentVolumeClaim or Node, or with its group a type that an operator brings along: clusters.postgresql.cnpg.io/pg.`,
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
  naming: {kinds: whyKinds, isOne: true, isOpen: true},
  answering: async ({logs}, {custom}): Promise<Answering<WhyReport>> => {
    const [question, {whyView}] = await Promise.all([
      questionFor(custom !== undefined, logs),
      import('../render/views/why.ts'),
    ])
    return {question, sections: whyView, ...(!custom && {refusal: severalSubjects})}
  },
})

/** Sentence for a name that is found in several namespaces; undefined: in one at most. */
function severalSubjects({subject: {kind, name}}: WhyReport, {snapshot, scope}: Facts): string | undefined {
  const namespaces = subjectsIn(snapshot, scope).map(({metadata}) => metadata?.namespace ?? '')
  if (namespaces.length <= 1) return undefined
  const where = clean(namespaces.toSorted().join(', '))
  return `error: ${kind} "${clean(name)}" is in several namespaces: say which with -n (${where})`
}
