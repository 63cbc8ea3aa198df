/** `node bench/bare-read.ts json|protobuf PATH…`: all pages of these lists, side by side, and nothing else. */
import {readFileSync} from 'node:fs'
import {Agent, get} from 'node:https'
import {continueIn} from './continue-token.ts'

const [format = 'json', ...paths] = process.argv.slice(2)
const kubeconfig = readFileSync(process.env.KUBECONFIG ?? '', 'utf8')
const ca = Buffer.from(settingOf('certificate-authority-data'), 'base64')
const agent = new Agent({keepAlive: true, maxSockets: paths.length, ca})
const headers = {
  accept: format === 'json' ? 'application/json' : 'application/vnd.kubernetes.protobuf',
  authorization: `Bearer ${settingOf('token')}`,
}

/** Of one of the benchmark's own kubeconfigs: to load a YAML library would take a part of what is measured. */
function settingOf(key: string): string {
  return new RegExp(`^ *${key}: (.*)$`, 'm').exec(kubeconfig)?.[1] ?? ''
}

/** Reads one page; returns the token of the next one. */
async function page(path: string, token: string): Promise<string> {
  const url = new URL(path, settingOf('server'))
  url.searchParams.set('limit', '500')
  if (token) url.searchParams.set('continue', token)
  const bytes = await body(url)
  if (format !== 'json') return continueIn(bytes)
  return (JSON.parse(bytes.toString()) as {metadata: {continue?: string}}).metadata.continue ?? ''
}

function body(url: URL): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const call = get(url, {agent, headers}, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => resolve(Buffer.concat(chunks)))
      response.once('error', reject)
    })
    call.once('error', reject)
  })
}

await Promise.all(
  paths.map(async (path) => {
    for (let token = await page(path, ''); token !== ''; token = await page(path, token));
  }),
)
agent.destroy()
