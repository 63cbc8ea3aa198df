/** Ways in which an answer can be printed. */
export const formats = ['table', 'wide', 'json', 'yaml', 'name', 'markdown', 'html'] as const

/** Those that are given with `=` and what is to be printed, or the file that says so. */
export const templateFormats = [
  'custom-columns',
  'custom-columns-file',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
] as const

/** What somebody wants printed of a report, in a language that kubectl has for that. */
export interface Template {
  readonly format: (typeof templateFormats)[number]
  readonly text: string
}

export type Format = (typeof formats)[number]
