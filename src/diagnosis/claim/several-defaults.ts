import {isDefaultClass, storageClassOf} from '../../model/claim.ts'
import {nameOf, namespaceOf, type StorageClass} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'

export const causes = {
  'pvc-multiple-defaults': {
    title: 'several default storage classes',
    applies: ['PersistentVolumeClaim'],
    sign: 'More than one StorageClass is marked as default. From 1.26 the newest wins; before, claims without a class are refused.',
    remedy: 'Take the annotation off all but one.',
    risk: 'the default applies to every claim of the cluster that names no class',
    rank: 'aside',
  },
} satisfies Causes

/** Claims that the set is yet to create name no class, and more than one is the default: which they get is a surprise. */
export const severalDefaults: Rule<SetSubject> = ({set, relations}) => {
  const templates = (set.spec?.volumeClaimTemplates ?? []).filter(
    (template) => storageClassOf(template) === undefined,
  )
  const classes = newestFirst(relations.snapshot.storageClasses.filter(isDefaultClass))
  const [first] = classes
  if (templates.length === 0 || !first || classes.length < 2) return undefined
  const which = templates.length > 1 ? 'claim templates' : 'claim template'
  return {
    id: 'pvc-multiple-defaults',
    severity: 'warning',
    message: `${classes.length} StorageClasses are the default (${fewText(classes.map(nameOf))}): new claims of ${which} ${fewText(templates.map(nameOf))} get ${nameOf(first)}, the newest`,
    object: {kind: 'StatefulSet', namespace: namespaceOf(set), name: nameOf(set)},
    evidence: [
      ...templates.map((template) => `volumeClaimTemplate ${nameOf(template)} names no storageClassName`),
      ...classes.map((each) => `storageclass/${nameOf(each)} is marked as default`),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'storageclass')],
      act: [
        {
          text: 'leave the mark is-default-class=true on one class alone; before 1.26 such claims are refused, and claims that exist keep their class',
          commands: [],
        },
      ],
      risk: causes['pvc-multiple-defaults'].risk,
      avoid: '',
      rung: 0,
    },
  }
}

/** Mirrors volume/util.GetDefaultClass (1.37): the newest, of equals the first by name. */
function newestFirst(classes: readonly StorageClass[]): readonly StorageClass[] {
  const created = ({metadata}: StorageClass) => metadata?.creationTimestamp ?? ''
  return classes.toSorted((left, right) => {
    if (created(left) !== created(right)) return created(left) > created(right) ? -1 : 1
    return nameOf(left) < nameOf(right) ? -1 : 1
  })
}
