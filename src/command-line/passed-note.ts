import type {Passed} from '../cluster/saved-documents.ts'
import {clean} from '../model/clean.ts'

/** One sentence for all files of folders and archives that were of no use; undefined where all were. */
export function passedNote({files, foreign, broken}: Passed): string | undefined {
  const parts = [
    ...(foreign > 0 ? [`${foreign} of ${files} files, which hold nothing that is looked at`] : []),
    ...(broken.length > 0
      ? [`${broken.length} that can't be read (${clean(broken.slice(0, 3).join('; '))})`]
      : []),
  ]
  if (parts.length === 0) return undefined
  return `${broken.length > 0 ? 'Warning' : 'Note'}: passed over ${parts.join(', and ')}`
}
