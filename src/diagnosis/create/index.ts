import {kubectl} from '../command-line.ts'
import {LIMITS} from './limits.ts'
import {POLICIES} from './policies.ts'
import {REFERENCES} from './references.ts'
import {advise, look, passing, type Refusal, refusal} from './refusal.ts'

/** What is going away can't have anything new. */
const ENDINGS: readonly Refusal[] = [
  passing(
    'create-pvc-being-deleted',
    /^pvc \S+ is being deleted/i,
    look(
      'get',
      'pvc',
      'let the deletion of the claim finish: it goes when no Pod mounts it any more, and no finalizer is left',
      'the data of that claim is about to be deleted, unless its volume has reclaim policy Retain',
    ),
  ),
  {
    ...refusal('create-namespace-terminating', /because it is being terminated/i, (namespace) =>
      advise([kubectl('get', 'namespace', namespace, '-o', 'yaml')], 'the namespace is being deleted'),
    ),
    severity: 'info',
  },
]

/** Most specific first: quotas, policies and rights all say `forbidden`. Wordings of 1.20 to 1.37. */
export const refusals: readonly Refusal[] = [...ENDINGS, ...LIMITS, ...POLICIES, ...REFERENCES]
