import type {Relations} from '../../model/relations.ts'
import type {ClaimSubject} from '../subjects.ts'

/** A claim and its volume, as far as they exist, for the rules about claims. */
export function claimSubject(namespace: string, name: string, relations: Relations): ClaimSubject {
  const claim = relations.claim(namespace, name)
  const volume = relations.volume(claim?.spec?.volumeName ?? '')
  return {namespace, name, ...(claim && {claim}), ...(volume && {volume}), relations}
}
