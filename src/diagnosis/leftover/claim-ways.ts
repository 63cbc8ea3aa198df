import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {BACKUP, type Subject, type Ways} from './way.ts'

type Claim = Subject<'PersistentVolumeClaim', PersistentVolumeClaim>

/** What to do about claims: to delete one is the last step of the ladder, whatever its volume's policy seems to be. */
export const claimWays: Ways<'PersistentVolumeClaim', PersistentVolumeClaim> = {
  NoSet: way(
    'only if nobody will create the set again, no Deployment, CronJob or operator that is at rest names the claim, and nobody wants its data',
    'delete all claims of a namespace at once: some may wait for a set that comes back',
  ),
  BeyondOrdinals: way(
    'keep it if the set, or an autoscaler, may grow it again: it is then reused with its data. Only if the set stays as small as it is, and its member was removed from the cluster that its software forms',
    'scale up again just to look: the old member comes back with its old data',
  ),
  BelowStart: way(
    'keep it if spec.ordinals.start may go down again, which takes it up with its data. Only if the start stays, and its member was moved away, or removed from the cluster that its software forms',
    'lower spec.ordinals.start just to look, which brings the old member back with its old data',
  ),
  NoTemplate: way(
    'look who made it: a set of that name as it was before it was created again, or somebody by hand. Only if no Deployment, CronJob or operator that is at rest names it, and nobody wants its data',
    'take it for empty because the set does not use it: what the set wrote before may be there alone',
  ),
}

function way(condition: string, avoid: string): (claim: Claim) => Remedy {
  return ({object, deleting}) => {
    const [namespace, name, volume] = [namespaceOf(object), nameOf(object), object.spec?.volumeName]
    return {
      look: [
        kubectl('describe', 'pvc', '-n', namespace, name),
        ...(volume ? [kubectl('get', 'pv', volume, '-o', 'yaml')] : []),
        kubectl('get', 'sts,deploy,cronjobs', '-n', namespace, '-o', 'wide'),
      ],
      act: [{text: `${condition}, ${BACKUP}`, commands: [kubectl('delete', 'pvc', '-n', namespace, name)]}],
      risk: deleting.message,
      avoid,
      rung: 6,
    }
  }
}
