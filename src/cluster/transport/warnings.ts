import {clean} from '../../model/clean.ts'

const WARNING = /299 \S+ "((?:[^"\\]|\\.)*)"/g

/** The texts of `Warning:` response headers, cleaned (RFC 7234; client-go prints code 299 only). */
export function warnings(header: string | readonly string[] | undefined): readonly string[] {
  const lines = typeof header === 'string' ? [header] : (header ?? [])
  const quoted = lines.flatMap((line) => [...utf8(line).matchAll(WARNING)])
  return quoted.map(([, text = '']) => clean(text.replace(/\\(.)/g, '$1')))
}

// HTTP headers are read as Latin-1, but the API server writes UTF-8 into them.
function utf8(line: string): string {
  return Buffer.from(line, 'latin1').toString()
}
