import {nameOf, namespaceOf} from '../../../model/objects.ts'
import type {Slot, StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {COPY_FIRST, VOLUME_MISMATCH} from '../../claim/missing.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'

/** After `--cascade=orphan` and a new claim template: the Pod can't be changed into what the set wants it to be. */
export function lacksVolume(slot: Slot, facts: StatefulSetFacts): Finding {
  const [namespace, name] = [namespaceOf(facts.set), slot.name]
  return {
    id: VOLUME_MISMATCH,
    severity: 'error',
    message: `${name} lacks a volume of the claim templates, and the volumes of a Pod can't be changed (StatefulSet ${nameOf(facts.set)})`,
    object: {kind: 'Pod', namespace, name},
    evidence: [
      `pod/${name} spec.volumes lacks one of statefulset/${nameOf(facts.set)} spec.volumeClaimTemplates`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [
        kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml'),
        kubectl('get', 'pvc', '-n', namespace),
      ],
      act: [{text: COPY_FIRST, commands: [kubectl('delete', 'pod', '-n', namespace, name)]}],
      avoid: '',
      risk: `${name} is down until it is back, and what it kept outside of its claims is gone: it comes back with the claim of that name, or with a new, empty one`,
      rung: 2,
    },
  }
}
