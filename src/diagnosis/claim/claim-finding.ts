import type {Finding} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'

/** A finding about the subject's claim, with what all of them share filled in. */
export function claimFinding(
  subject: ClaimSubject,
  finding: Omit<Finding, 'object' | 'since'> & Partial<Pick<Finding, 'since'>>,
): Finding {
  const {namespace, name} = subject
  return {...finding, object: {kind: 'PersistentVolumeClaim', namespace, name}}
}

/** `PersistentVolumeClaim shop/data-web-0`. */
export function claimText({namespace, name}: ClaimSubject): string {
  return `PersistentVolumeClaim ${namespace}/${name}`
}
