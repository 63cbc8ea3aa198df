/** `node bench/bare-read.ts json|protobuf PATH…`: all pages of these lists, side by side, and nothing else. */
import {readFileSync} from 'node:fs'
import {load} from 'js-yaml'
import {Agent, request} from 'undici'

const [format = 'json', ...paths] = process.argv.slice(2)
const ACCEPT = format === 'json' ? 'application/json' : 'application/vnd.kubernetes.protobuf'

interface Kubeconfig {
  readonly clusters: readonly [
    {readonly cluster: {readonly server: string; readonly 'certificate-authority-data': string}},
  ]
  readonly users: readonly [{readonly user: {readonly token: string}}]
}

const {clusters, users} = load(readFileSync(process.env.KUBECONFIG ?? '', 'utf8')) as Kubeconfig
const {server, 'certificate-authority-data': ca} = clusters[0].cluster
const dispatcher = new Agent({connections: 8, connect: {ca: Buffer.from(ca, 'base64')}})
const headers = {accept: ACCEPT, authorization: `Bearer ${users[0].user.token}`}

async function page(path: string, token: string): Promise<string> {
  const url = new URL(path, server)
  url.searchParams.set('limit', '500')
  if (token) url.searchParams.set('continue', token)
  const {statusCode, body} = await request(url, {dispatcher, headers})
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`)
  const bytes = Buffer.from(await body.arrayBuffer())
  if (format === 'json')
    return (JSON.parse(bytes.toString()) as {metadata: {continue?: string}}).metadata.continue ?? ''
  return continueIn(bytes)
}

/** `Unknown.raw` is the list, and its field 1 is a ListMeta, of which field 3 is the token. */
function continueIn(bytes: Buffer): string {
  const raw = field(bytes.subarray(4), 2)
  return field(field(raw, 1), 3).toString()
}

/** The first field of that number with a length; empty where there is none. */
function field(bytes: Buffer, wanted: number): Buffer {
  for (let at = 0; at < bytes.length; ) {
    const [tag, afterTag] = varint(bytes, at)
    const [length, begin] = varint(bytes, afterTag)
    if (tag % 8 !== 2) at = begin
    else if (tag >> 3 === wanted) return bytes.subarray(begin, begin + length)
    else at = begin + length
  }
  return Buffer.alloc(0)
}

function varint(bytes: Buffer, at: number): readonly [number, number] {
  let [value, shift, next] = [0, 1, at]
  for (;;) {
    const byte = bytes[next++] ?? 0
    value += (byte & 127) * shift
    if (byte < 128) return [value, next]
    shift *= 128
  }
}

await Promise.all(
  paths.map(async (path) => {
    for (let token = await page(path, ''); token !== ''; token = await page(path, token));
  }),
)
await dispatcher.close()
