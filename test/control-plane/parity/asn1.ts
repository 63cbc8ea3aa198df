import {isIPv4} from 'node:net'

/** One value of ASN.1 in its binary form: tag, length, content. */
export function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content])
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

export function tagged(number: number, content: Buffer): Buffer {
  return der(0xa0 | number, content)
}

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return der(0x06, [first * 40 + second, ...rest.flatMap(base128)])
}

function base128(number: number): readonly number[] {
  const digits = [number & 0x7f]
  for (let left = number >> 7; left > 0; left >>= 7) digits.unshift(0x80 | (left & 0x7f))
  return digits
}

/** The subject: a common name, and the groups that Kubernetes reads out of `O`. */
export function distinguishedName(name: string, organizations: readonly string[] = []): Buffer {
  const attribute = (type: string, text: string) =>
    der(0x31, der(0x30, oid(type), der(0x0c, Buffer.from(text))))
  return der(0x30, ...organizations.map((each) => attribute('2.5.4.10', each)), attribute('2.5.4.3', name))
}

export function extension(id: string, content: Buffer, critical = false): Buffer {
  return der(0x30, oid(id), ...(critical ? [der(0x01, [0xff])] : []), der(0x04, content))
}

/** So many days from now. */
export function time(days: number): Buffer {
  const at = new Date(Date.now() + days * 86_400_000).toISOString()
  return der(0x18, Buffer.from(`${at.replace(/[-:T]/g, '').slice(0, 14)}Z`))
}

export function ipBytes(address: string): readonly number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  return words(address).flatMap((word) => [word >> 8, word & 0xff])
}

function words(address: string): readonly number[] {
  const [head = '', tail] = address.split('::')
  const numbers = (text: string) =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16))
  const [before, after] = [numbers(head), numbers(tail ?? '')]
  return [...before, ...Array(8 - before.length - after.length).fill(0), ...after]
}
