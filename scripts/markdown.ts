/** A link to a heading of a document, by the anchor that GitHub gives it. */
export function headingLink(heading: string, document = ''): string {
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
  return `[${heading}](${document}#${anchor})`
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
