import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {sections} from './sections.ts'

const DOCUMENT = join(import.meta.dirname, '../../../docs/parity.md')

/** Every row that docs/parity.md lists as different on purpose, as `section: name`. */
export function listed(): readonly string[] {
  return [...readFileSync(DOCUMENT, 'utf8').matchAll(/^- `(.+)`$/gm)].map(([, row = '']) => row)
}

export function idOf(section: string, name: string): string {
  return `${section}: ${name}`
}

/** The document's table of counts, as it has to stand there. */
export function countsTable(): string {
  const different = listed()
  const lines = sections.map(([title, rows]) => {
    const on = rows.filter(({name}) => different.includes(idOf(title, name))).length
    return `| ${title} | ${rows.length} | ${rows.length - on} | ${on} |`
  })
  return ['| section | rows | equal | different on purpose |', '| --- | ---: | ---: | ---: |', ...lines].join(
    '\n',
  )
}

export const text = (): string => readFileSync(DOCUMENT, 'utf8')
