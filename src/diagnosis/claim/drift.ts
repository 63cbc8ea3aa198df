import {requestOf, storageClassOf} from '../../model/claim.ts'
import type {PersistentVolumeClaim} from '../../model/objects.ts'
import {nameOf} from '../../model/objects.ts'
import {quantity, sameQuantity} from '../../model/quantity.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding} from './claim-finding.ts'

export const causes = {
  'pvc-template-drift': {
    title: 'claim differs from its template',
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: 'Size, class, access modes or volume mode of a claim are not those of the template. The set never changes a claim that exists.',
    remedy:
      'To grow, patch the request of each claim; then `kubectl delete statefulset <set> --cascade=orphan` and apply it with the new template. A class changes only by copying the data.',
    risk: 'a claim can grow and never shrink',
    riskWhen: 'the claim can grow to what its template asks for',
    rank: 'aside',
  },
} satisfies Causes

/** The template differs from the claim created from it: no controller ever reconciles the two. */
export const drift: Rule<ClaimSubject> = (subject) => {
  const {claim, of, name} = subject
  const template = of?.set.spec?.volumeClaimTemplates?.find(
    (each) => nameOf(each) === of.ordinalClaim.template,
  )
  if (!claim || !template || of?.ordinal.state === 'leftover') return undefined
  const differences = differencesOf(claim, template)
  if (differences.length === 0) return undefined
  return claimFinding(subject, {
    id: 'pvc-template-drift',
    severity: 'info',
    message: `Claim ${name} differs from its template: ${differences.join(', ')}`,
    evidence: [`pvc/${name} against spec.volumeClaimTemplates of statefulset/${nameOf(of?.set ?? {})}`],
    selfHealing: 'no',
    remedy: grow(subject, claim, template),
  })
}

const NONE = '<none>'

type Template = PersistentVolumeClaim

function differencesOf(claim: PersistentVolumeClaim, template: Template): readonly string[] {
  const [size, wantedSize] = [requestOf(claim), requestOf(template)]
  const [storageClass, wantedClass] = [storageClassOf(claim), storageClassOf(template)]
  const [modes, wantedModes] = [accessModes(claim), accessModes(template)]
  const [mode, wantedMode] = [volumeMode(claim), volumeMode(template)]
  const differences = [
    wantedSize && !sameQuantity(size, wantedSize) ? `requests ${size ?? NONE}, template ${wantedSize}` : '',
    wantedClass !== undefined && storageClass !== wantedClass
      ? `class ${storageClass ?? NONE}, template ${wantedClass || '""'}`
      : '',
    modes !== wantedModes ? `access modes ${modes || NONE}, template ${wantedModes || NONE}` : '',
    mode !== wantedMode ? `volume mode ${mode}, template ${wantedMode}` : '',
  ]
  return differences.filter((difference) => difference !== '')
}

function accessModes(claim: PersistentVolumeClaim): string {
  return (claim.spec?.accessModes ?? []).toSorted().join(',')
}

function volumeMode(claim: PersistentVolumeClaim): string {
  return claim.spec?.volumeMode ?? 'Filesystem'
}

/** Only growing can be done in place; a template can't be changed at all without re-creating the set. */
function grow(
  {namespace, name, relations}: ClaimSubject,
  claim: PersistentVolumeClaim,
  template: Template,
): Finding['remedy'] {
  const wanted = requestOf(template)
  if ((quantity(wanted) ?? 0) <= (quantity(requestOf(claim)) ?? 0)) return null
  const storageClass = relations.storageClass(storageClassOf(claim) ?? '')
  if (storageClass && storageClass.allowVolumeExpansion !== true) return cannotGrow(nameOf(storageClass))
  const patch = JSON.stringify({spec: {resources: {requests: {storage: wanted}}}})
  return {
    look: [kubectl('get', 'pvc', '-n', namespace, name, '-o', 'yaml')],
    act: [
      {
        text: 'only if the claim should grow: nothing is wrong with one that stays as it is',
        commands: [kubectl('patch', 'pvc', '-n', namespace, name, '-p', patch)],
      },
    ],
    risk: causes['pvc-template-drift'].risk,
    avoid: '',
    rung: 1,
  }
}

function cannotGrow(storageClass: string): Finding['remedy'] {
  return {
    look: [kubectl('get', 'storageclass', storageClass)],
    act: [
      {
        text: `leave the claim as it is: StorageClass ${storageClass} does not allow volume expansion`,
        commands: [],
      },
    ],
    risk: '',
    avoid: '',
    rung: 0,
  }
}
