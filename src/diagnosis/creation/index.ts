import {kubectl} from '../kubectl-command.ts'
import {LIMITS} from './limits.ts'
import {POLICIES} from './policies.ts'
import {REFERENCES} from './references.ts'
import {advise, inspectKind, passing, type Refusals, refusal} from './refusal.ts'

/** What is being deleted can't get anything new. */
const ENDINGS = {
  'create-pvc-being-deleted': {
    title: 'claim is being deleted',
    applies: ['StatefulSet'],
    sign: 'The ordinal is missing and the set says `pvc … is being deleted`: the claim has a `deletionTimestamp` and will be deleted. If a Pod exists and is pending, the set says nothing and the scheduler says it instead.',
    remedy:
      'To keep the data, set the reclaim policy of its volume to `Retain` now. Then let the deletion finish: the claim is gone when no Pod uses it any more.',
    risk: 'the data of that claim is deleted with it, unless its volume has reclaim policy Retain',
    because: (name) => `Claim ${name} is being deleted`,
    ...passing(
      /^pvc (?<name>\S+) is being deleted/i,
      inspectKind(
        'get',
        'pvc',
        'let the deletion of the claim finish: that takes until no Pod mounts it and no finalizer is left',
      ),
    ),
  },
  'create-namespace-terminating': {
    title: 'namespace is being deleted',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `because it is being terminated`. For a DaemonSet there is not even an event.',
    remedy:
      '`kubectl get namespace <namespace> -o yaml` says what its deletion still waits for. Afterwards the namespace can be created again.',
    ...refusal(/because it is being terminated/i, ({namespace}) =>
      advise(
        [kubectl('get', 'namespace', namespace, '-o', 'yaml')],
        'let its deletion finish; then create the namespace again, or use another one',
      ),
    ),
    severity: 'info',
  },
} satisfies Refusals

/** Most specific first: quotas, policies and rights all say `forbidden`. Wordings of 1.20 to 1.37. */
export const causes = {...ENDINGS, ...LIMITS, ...POLICIES, ...REFERENCES}
