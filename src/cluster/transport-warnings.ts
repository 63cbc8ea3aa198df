import {clean} from '../model/clean.ts'

const WARNING = /299 \S+ "((?:[^"\\]|\\.)*)"/g

/** The texts of `Warning:` response headers, cleaned (RFC 7234; client-go prints code 299 only). */
export function warnings(header: string | readonly string[] | undefined): readonly string[] {
  const lines = typeof header === 'string' ? [header] : (header ?? [])
  return lines.flatMap((line) =>
    [...line.matchAll(WARNING)].map(([, text = '']) => clean(text.replace(/\\(.)/g, '$1'))),
  )
}
