/** Ways in which an answer can be printed. */
export const formats = ['table', 'wide', 'json', 'yaml', 'name', 'markdown', 'html'] as const

export type Format = (typeof formats)[number]
