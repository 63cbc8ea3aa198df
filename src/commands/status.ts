import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import {watchFlag} from '../command-line/flags.ts'
import {sectionOf} from '../render/view.ts'
import type {Question} from '../reports/report.ts'
import type {StatusReport} from '../reports/status/report.ts'

async function questionFor(isCustom: boolean): Promise<Question<StatusReport>> {
  return isCustom
    ? (await import('../reports/custom/status.ts')).customStatusQuestion
    : (await import('../reports/status/question.ts')).statusQuestion
}

export const statusCommand = questionCommand({
  summary: 'Which stateful workloads need attention, worst first',
  description: `Every StatefulSet and DaemonSet on one line: how many Pods are ready and updated, how it stands, and what is wrong first of all.

A row of custom columns, and for --sort-by, is a workload of -o json; -L shows its labels.`,
  usage: 'status [TYPE] [flags]',
  examples: [
    {description: 'Everything that you may see', command: 'kubectl stateful status -A'},
    {description: 'Keep an eye on it', command: 'kubectl stateful status -A --watch'},
    {
      description: 'In a check: exit 1 when something is wrong',
      command: 'kubectl stateful status --exit-code',
    },
  ],
  bad: '--exit-code: something of severity error was found, or something is stalled',
  rights:
    'list of statefulsets or daemonsets. Read besides: pods, controllerrevisions and nodes; in case of trouble events, leases, and what the Pods in trouble stand on.',
  flags: {watch: watchFlag('Answer again whenever something changes, until q or Ctrl-C')},
  naming: {kinds: ['statefulSets', 'daemonSets'], or: 'daemonSets', isOpen: true},
  answering: async ({watch}, {custom}): Promise<Answering<StatusReport>> => {
    const [question, {statusView, changingStatus}] = await Promise.all([
      questionFor(custom !== undefined),
      import('../render/views/status.ts'),
    ])
    return {
      question,
      sections: (report, options) => statusView(report, options).map(sectionOf),
      isStalled: ({workloads}) => workloads.some(({state}) => state === 'Stalled'),
      rows: async () => (await import('./row-sources.ts')).statusRows,
      changing: changingStatus,
      ...(watch && {watch: {}}),
    }
  },
})
