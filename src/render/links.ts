/** An id of a finding, at the beginning of what stands at the end of its line; other tags have no hyphen. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)+/

/** A finished line, with the id that its tag begins with as a link to its page; nothing that has a width is added. */
export function withLink(
  line: string,
  tag: string | undefined,
  pageOf: ((id: string) => string) | undefined,
): string {
  const id = ID.exec(tag ?? '')?.[0]
  const at = id === undefined ? -1 : line.lastIndexOf(id)
  if (!pageOf || id === undefined || at < 0) return line
  return line.slice(0, at) + hyperlink(id, pageOf(id)) + line.slice(at + id.length)
}

/** OSC 8: what a terminal that knows it shows as the text alone. */
function hyperlink(text: string, address: string): string {
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`
}
