import {clean} from '../model/clean.ts'
import {AnswerError} from './errors.ts'

/**
 * A name as one part of a path, escaped as Go escapes it (net/url). `..` is a name nobody has, and would list all namespaces.
 * @throws AnswerError in client-go's words for what can't be one (rest/request.go, apimachinery IsValidPathSegmentName).
 */
export function pathSegment(name: string, what: 'namespace' | 'resource name'): string {
  const problems =
    name === '.' || name === '..'
      ? [`may not be '${name}'`]
      : ['/', '%'].filter((each) => name.includes(each)).map((each) => `may not contain '${each}'`)
  if (problems.length > 0) {
    throw new AnswerError(`error: invalid ${what} ${JSON.stringify(clean(name))}: [${problems.join(' ')}]`)
  }
  return encodeURIComponent(name.toWellFormed())
    .replace(/%(24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
}
