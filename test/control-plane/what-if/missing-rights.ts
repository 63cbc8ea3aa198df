/** A question, who asks it (who has all rights but those to one kind), and what he is told in its first line. */
export interface Blind {
  readonly without: string
  readonly question: string
  readonly first: RegExp
  /** Anywhere in the answer. */
  readonly says?: string
}

/** What was not seen is unknown, and no good end. */
export const BLIND: readonly Blind[] = [
  {
    without: 'poddisruptionbudgets',
    question: 'drain node/node-a',
    first: /^Ends +Short: guarded\/db-\d and shrinking\/db-\d do not come back/,
    says: 'poddisruptionbudgets could not be read: what they would tell is <unknown>',
  },
  {
    without: 'persistentvolumes',
    question: 'drain node/node-b',
    first: /^Ends +Stopped: the drain never ends: guarded\/db-\d stays/,
  },
  {
    without: 'persistentvolumes',
    question: 'lose zone/zone-b',
    first: /^Ends +Short: .* stay Terminating until somebody says that the machine is off/,
    says: 'persistentvolumes could not be read: what they would tell is <unknown>',
  },
  {
    without: 'persistentvolumes',
    question: 'scale sts/db --replicas=1 -n shrinking',
    first:
      /^Ends +Unknown: what holds the data could not be read, and may change this: db goes from 3 to 1 replica/,
    says: 'what becomes of its volume disk-',
  },
  {
    without: 'persistentvolumeclaims',
    question: 'delete sts/db -n shrinking',
    first: /^Ends +Short: 3 Pods of db go, in no order/,
  },
  {
    without: 'nodes',
    question: 'scale sts/db --replicas=5 -n guarded',
    first: /^Ends +Unknown: .*where guarded\/db-3 and guarded\/db-4 could go is <unknown>/,
  },
  {
    without: 'pods',
    question: 'drain node/node-a',
    first: /^Ends +Unknown: pods could not be read: what becomes of them is <unknown>/,
    says: 'what other Pods request of a node was not seen: there may be less room than it seems',
  },
  {
    without: 'daemonsets',
    question: 'taint node/node-c mine=yes:NoExecute',
    first: /^Ends +(Unknown|Short): /,
    says: 'daemonsets could not be read: what they would tell is <unknown>',
  },
]

/** What a question is about can't be read: that is an error, in the words of the API server. */
export const REFUSED: readonly (readonly [without: string, question: string])[] = [
  ['nodes', 'drain node/node-a'],
  ['nodes', 'lose zone/zone-b'],
  ['nodes', 'join --like node-a'],
  ['statefulsets', 'update sts/db -n broken'],
  ['daemonsets', 'update ds/large -n agents'],
  ['pods', 'delete pod/db-0 -n only'],
  ['persistentvolumeclaims', 'delete pvc/data-db-0 -n shrinking'],
]
