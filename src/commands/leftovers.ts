import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import type {LeftoversReport} from '../reports/leftovers/report.ts'

const load = () =>
  Promise.all([import('../reports/leftovers/question.ts'), import('../render/views/leftovers.ts')])

export const leftoversCommand = questionCommand({
  summary: 'Claims, volumes, attachments, Pods and revisions that belong to no set any more',
  description: `In the whole cluster, unless -n names a namespace: of that then also the volumes that its claims had. -l selects among what is found, by its own labels, which volumes and attachments seldom have.

  claims       of a StatefulSet that is gone, or beyond its ordinals
  volumes      Released or Failed
  attachments  of nodes or volumes that are gone, or that no Pod there mounts
  Pods         of no owner that hold an ordinal's name, or on a gone node
  revisions    ControllerRevisions whose set is gone

Each with what deleting it would destroy: where its volume was not seen that is <unknown>. What is kept on purpose, such as claims of a set with 0 replicas or of an operator's own set, is listed apart. Of claims whose names are not those of ordinals nothing is said. Nothing is deleted: look at each before you act.

A row of custom columns, and for --sort-by and -L, is an item of .leftovers in -o json.`,
  usage: 'leftovers [flags]',
  examples: [
    {description: 'In the whole cluster', command: 'kubectl stateful leftovers'},
    {
      description: 'In one namespace, with volumes and reasons',
      command: 'kubectl stateful leftovers -n shop -o wide',
    },
    {description: 'For a ticket', command: 'kubectl stateful leftovers -o markdown'},
  ],
  bad: '--exit-code: something that is left over is in the way, such as a Failed volume or a Pod that holds the name of an ordinal',
  rights:
    'list of persistentvolumeclaims or persistentvolumes. Read besides: statefulsets, daemonsets, pods, controllerrevisions, volumeattachments and nodes: only who sees all of them can say that something belongs to none.',
  flags: {},
  naming: {kinds: ['persistentVolumeClaims'], takesNone: true},
  isClusterWide: true,
  answering: async (): Promise<Answering<LeftoversReport>> => {
    const [{leftoversQuestion}, {leftoversView}] = await load()
    return {
      question: leftoversQuestion,
      sections: leftoversView,
      rows: async () => (await import('./row-sources.ts')).leftoversRows,
      isStalled: ({leftovers}) => leftovers.some(({severity}) => severity === 'error'),
      isEmpty: ({leftovers, spared, unjudged}) => leftovers.length + spared.length + unjudged.length === 0,
    }
  },
})
