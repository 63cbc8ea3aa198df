import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import {readTimeout} from '../command-line/flag-values.ts'
import {watchFlag} from '../command-line/flags.ts'
import {UsageError} from '../command-line/usage-error.ts'
import type {Question} from '../reports/report.ts'
import type {RolloutReport} from '../reports/rollout/report.ts'

const load = () =>
  Promise.all([import('../render/views/rollout.ts'), import('../render/views/rollout-changes.ts')])

async function questionFor(isCustom: boolean): Promise<Question<RolloutReport>> {
  return isCustom
    ? (await import('../reports/custom/rollout.ts')).customRolloutQuestion
    : (await import('../reports/rollout/question.ts')).rolloutQuestion
}

/** Loaded only for who asks for them. */
const loadRevisions = () =>
  Promise.all([
    import('../reports/rollout/revisions-question.ts'),
    import('../render/views/rollout-revisions.ts'),
  ])

/** Reason against revisions beside what follows a rollout; undefined: there is none. */
function onlyOnce({watch, wait}: Readonly<Record<string, unknown>>): string | undefined {
  return watch || wait ? '--revisions and --diff answer once: not with --watch or --wait' : undefined
}

export const rolloutCommand = questionCommand({
  summary: 'How far a rollout is, what the controller does next, and who blocks it',
  description: `The queue in the controller's own order, the very next thing that the controller will do or what it waits for, and the Pod in the way: its STATUS and since when. A rollout is Complete when every Pod is updated and available and none is condemned, Held by a partition, Waiting by design, Stalled only when nothing moves without a person.

NAME is a StatefulSet or a DaemonSet. Of TYPE.GROUP/NAME, such as statefulsets.apps.kruise.io/db, it says who is up to date and ready, and does not foretell what its operator does next.

A row of custom columns, and for --sort-by, is a workload of -o json; -L shows its labels, in a queue those of the Pods.`,
  usage: 'rollout [NAME | TYPE/NAME ...] [flags]',
  examples: [
    {description: 'Where one rollout stands', command: 'kubectl stateful rollout sts/db -n shop'},
    {description: 'Follow it', command: 'kubectl stateful rollout sts/db -n shop --watch'},
    {
      description: 'In a pipeline: exit 0 when it is done, 1 with the reason when it will not be',
      command: 'kubectl stateful rollout sts/db -n shop --wait --timeout 10m',
    },
    {description: 'What the update changes', command: 'kubectl stateful rollout sts/db -n shop --diff'},
    {
      description: 'Which revisions there are, who runs which, and who changed what',
      command: 'kubectl stateful rollout sts/db -n shop --revisions',
    },
    {description: 'All of them, the most urgent first', command: 'kubectl stateful rollout -A'},
  ],
  bad: '--wait: it is stalled, or the time is over; --exit-code: something of severity error was found, or it is stalled',
  rights:
    'list of statefulsets or daemonsets, or get of the one that is named. Read besides: pods, controllerrevisions and nodes; in case of trouble events, leases, and what the Pods in trouble stand on. Templates in controllerrevisions are read with --revisions and --diff alone.',
  flags: {
    watch: watchFlag('Follow it in place, until q or Ctrl-C'),
    wait: {type: 'boolean', description: 'Return when it is complete, or with exit 1 when it is stalled'},
    timeout: {
      type: 'option',
      description: 'With --wait: give up after this long (1s, 2m, 3h); 0: never',
      read: readTimeout,
      check: ({wait}) => (wait ? undefined : '--timeout is for --wait'),
    },
    'fail-fast': {
      type: 'boolean',
      description: 'With --wait: return at the first sign of trouble',
      check: ({wait}) => (wait ? undefined : '--fail-fast is for --wait'),
    },
    revisions: {
      type: 'boolean',
      description: 'Its revisions instead: which Pods run each, when it was created, and who changed the set',
      check: onlyOnce,
    },
    diff: {
      type: 'boolean',
      description: 'What the update changes instead: fields of the Pod template, from each revision in use',
      check: onlyOnce,
    },
    'show-values': {
      type: 'boolean',
      description:
        'With --diff: also what may be a secret, which is hidden otherwise: values of environment variables and annotations, commands, arguments, what probes and hooks send and drivers are given',
      check: ({diff}) => (diff ? undefined : '--show-values is for --diff'),
    },
  },
  naming: {kinds: ['statefulSets', 'daemonSets'], or: 'daemonSets', isOpen: true},
  answering: async (
    {watch, wait, timeout, 'fail-fast': isFailFast, ...flags},
    {custom},
  ): Promise<Answering<RolloutReport>> => {
    const isAboutRevisions = flags.revisions || flags.diff
    if (isAboutRevisions && custom !== undefined)
      throw new UsageError('--revisions and --diff are for StatefulSets and DaemonSets')
    if (isAboutRevisions) return await answeringRevisions(flags)
    const [question, [{rolloutView}, {changingSteps, vagueWorkloads}]] = await Promise.all([
      questionFor(custom !== undefined),
      load(),
    ])
    const judge = wait ? (await import('./rollout-wait.ts')).judgeOf(isFailFast) : undefined
    return {
      question,
      sections: rolloutView,
      rows: async () => (await import('./row-sources.ts')).rolloutRows,
      isStalled: ({workloads}) => workloads.some(({state}) => state === 'Stalled'),
      changing: changingSteps,
      vague: vagueWorkloads,
      ...(watch && {watch: {}}),
      ...(judge && {watch: {wait: {timeout, judge}}}),
    }
  },
})

/** Which revisions there are, and what the last one changed. */
async function answeringRevisions(flags: {
  readonly revisions: boolean
  readonly diff: boolean
  readonly 'show-values': boolean
}): Promise<Answering<RolloutReport>> {
  const [{revisionsQuestion}, {revisionsView}] = await loadRevisions()
  const parts = {history: flags.revisions, differences: flags.diff}
  return {
    question: revisionsQuestion(flags['show-values']),
    sections: (report, options) => revisionsView(report, parts, options),
    isStalled: ({workloads}) => workloads.some(({state}) => state === 'Stalled'),
  }
}
