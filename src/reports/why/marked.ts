import type {Finding} from '../../diagnosis/finding.ts'
import {referenceKey} from '../../model/stands-on.ts'
import type {ChainLink} from './report.ts'

/** Whoever an error is about is broken, however well it looks. */
export function marked(chain: readonly ChainLink[], findings: readonly Finding[]): readonly ChainLink[] {
  const broken = new Set(
    findings.filter(({severity}) => severity === 'error').map(({object}) => referenceKey(object)),
  )
  return chain.map((link) =>
    broken.has(referenceKey(link)) && link.state !== 'missing' ? {...link, state: 'broken'} : link,
  )
}
