import {kubectl} from '../command-line.ts'
import {advise, look, passing, type Refusal, refusal} from './refusal.ts'

/** The namespace allows no more, or not this much. */
export const LIMITS: readonly Refusal[] = [
  passing('create-quota-exceeded', /exceeded quota: (?<name>[^,\s]+)/i, (namespace, name) =>
    advise(
      [kubectl('describe', 'resourcequota', '-n', namespace, name)],
      'free what the quota counts, or have it raised',
      'the quota may protect others of the cluster: ask its owner before you raise it',
    ),
  ),
  passing(
    'create-quota-needs-requests',
    /failed quota: |insufficient quota to (consume|match)|status unknown for quota: /i,
    look(
      'describe',
      'resourcequota',
      'set the requests and limits that the quota counts in the template, or have a LimitRange set them; Pods of some priority classes need a quota that admits that class',
    ),
  ),
  refusal(
    'create-limitrange',
    /(minimum|maximum) \S+ usage per |max limit to request ratio per |enforcing limit ranges/i,
    look(
      'describe',
      'limitrange',
      'bring the requests and limits of the template within that range, or have the range changed',
    ),
  ),
]
