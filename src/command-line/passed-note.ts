import type {Passed} from '../cluster/saved-documents.ts'
import {cleanLine} from '../model/clean.ts'

/** So many are told; who mends these will be told of the next. */
const FEW = 3

/** One sentence for all files of folders and archives, and for all objects, that were of no use; undefined where all were. */
export function passedNote({files, foreign, broken, misshapen}: Passed): string | undefined {
  const parts = [
    ...(foreign > 0 ? [`${foreign} of ${files} files, which hold nothing that is looked at`] : []),
    ...(broken.length > 0
      ? [`${broken.length} that can't be read (${cleanLine(broken.slice(0, FEW).join('; '))})`]
      : []),
    ...(misshapen.length > 0 ? [misshapenText(misshapen)] : []),
  ]
  if (parts.length === 0) return undefined
  const isBad = broken.length + misshapen.length > 0
  return `${isBad ? 'Warning' : 'Note'}: passed over ${parts.join(', and ')}`
}

/** Which objects the files hold in a wrong shape, and which of their fields. */
export function misshapenText(misshapen: readonly string[]): string {
  const count = misshapen.length === 1 ? 'an object' : `${misshapen.length} objects`
  const more = misshapen.length > FEW ? '; …' : ''
  return `${count} of a wrong shape (${cleanLine(misshapen.slice(0, FEW).join('; '))}${more})`
}
