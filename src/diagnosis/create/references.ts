import {kubectl} from '../command-line.ts'
import {advise, look, passing, type Refusal, refusal} from './refusal.ts'

const CREATE_OR_RENAME = 'create it, or name one that exists in the template'

/** Something that the template names is not there, or the template makes no sense. */
export const REFERENCES: readonly Refusal[] = [
  refusal(
    'create-serviceaccount-missing',
    /looking up service account [^/\s]+\/(?<name>[^:\s]+): serviceaccount "[^"]+" not found/i,
    (namespace, name) =>
      advise(
        [kubectl('create', 'serviceaccount', '-n', namespace, name)],
        'or name one that exists in the template; a new one has no rights yet',
        '',
        1,
      ),
  ),
  refusal('create-priorityclass-missing', /no PriorityClass with name \S+ was found/i, () =>
    advise([kubectl('get', 'priorityclass')], CREATE_OR_RENAME),
  ),
  refusal('create-runtimeclass-missing', /RuntimeClass "[^"]+" not found/i, () =>
    advise([kubectl('get', 'runtimeclass')], CREATE_OR_RENAME),
  ),
  refusal('create-name-too-long', /is invalid:.*must be no more than 63 (characters|bytes)/is, () =>
    advise([], 'make the set anew with a shorter name; claims are found by name, so its data must be moved'),
  ),
  passing(
    'create-pvc-failed',
    /^(failed to create PVC|create claim|PersistentVolumeClaim "[^"]+" is invalid:) /i,
    look(
      'get',
      'pvc',
      "the claim is refused: the text says why; a claim template can't be changed in place, so if that is wrong delete the set with --cascade=orphan and apply it with a better one",
    ),
  ),
  refusal('create-pod-invalid', /is invalid: /i, () => advise([], 'fix the Pod template')),
]
