/** What is small shares its memory with others. */
const OWN = 1 << 16

/**
 * Gives the memory of bytes back that nobody looks at any more. A collector of objects does not see how much it is, and waits:
 * pages of a large cluster would be in memory by the dozen.
 */
export function drop({buffer, byteLength}: Buffer): void {
  const isOwn = byteLength > OWN && buffer.byteLength <= byteLength + OWN
  if (isOwn && buffer instanceof ArrayBuffer) buffer.transfer(0)
}
