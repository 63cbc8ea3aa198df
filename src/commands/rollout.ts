import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import {readTimeout} from '../command-line/flag-values.ts'
import {watchFlag} from '../command-line/flags.ts'
import type {Question} from '../reports/report.ts'
import type {RolloutReport} from '../reports/rollout/report.ts'

const load = () =>
  Promise.all([import('../render/views/rollout.ts'), import('../render/views/rollout-changes.ts')])

async function questionFor(isCustom: boolean): Promise<Question<RolloutReport>> {
  return isCustom
    ? (await import('../reports/custom/rollout.ts')).customRolloutQuestion
    : (await import('../reports/rollout/question.ts')).rolloutQuestion
}

export const rolloutCommand = questionCommand({
  summary: 'How far a rollout is, what the controller does next, and who blocks it',
  description: `The queue in the controller's own order, the very next thing that the controller will do or what it waits for, and the Pod in the way: its STATUS and since when. A rollout is Complete when every Pod is updated and available and none is condemned, Held by a partition, Waiting by design, Stalled only when nothing moves without a person.

NAME is a StatefulSet or a DaemonSet. Of TYPE.GROUP/NAME, such as statefulsets.apps.kruise.io/db, it says who is up to date and ready; what its operator does next is not foretold.`,
  usage: 'rollout [NAME | TYPE/NAME ...] [flags]',
  examples: [
    {description: 'Where one rollout stands', command: 'kubectl stateful rollout sts/db -n shop'},
    {description: 'Follow it', command: 'kubectl stateful rollout sts/db -n shop --watch'},
    {
      description: 'In a pipeline: exit 0 when it is done, 1 with the reason when it will not be',
      command: 'kubectl stateful rollout sts/db -n shop --wait --timeout 10m',
    },
    {description: 'All of them, the most urgent first', command: 'kubectl stateful rollout -A'},
  ],
  bad: '--wait: it is stalled, or the time is over; --exit-code: something of severity error was found, or it is stalled',
  rights:
    'list of statefulsets or daemonsets, or get of the one that is named. Read besides: pods, controllerrevisions and nodes; in case of trouble events, leases, and what the Pods in trouble stand on.',
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
  },
  naming: {kinds: ['statefulSets', 'daemonSets'], or: 'daemonSets', isOpen: true},
  answering: async (
    {watch, wait, timeout, 'fail-fast': isFailFast},
    {custom},
  ): Promise<Answering<RolloutReport>> => {
    const [question, [{rolloutView}, {changingSteps, vagueWorkloads}]] = await Promise.all([
      questionFor(custom !== undefined),
      load(),
    ])
    const judge = wait ? (await import('./rollout-wait.ts')).judgeOf(isFailFast) : undefined
    return {
      question,
      sections: rolloutView,
      isStalled: ({workloads}) => workloads.some(({state}) => state === 'Stalled'),
      changing: changingSteps,
      vague: vagueWorkloads,
      ...(watch && {watch: {}}),
      ...(judge && {watch: {wait: {timeout, judge}}}),
    }
  },
})
