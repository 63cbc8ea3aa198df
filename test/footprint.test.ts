import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {fakeServer, json, kubeconfig, temporaryFolder} from './cluster/fake-server.ts'
import {spawnPlugin} from './spawn-plugin.ts'

/** Writes down where connections go, which names are looked up, and which programs are started. */
const HOOK = `
const {appendFileSync} = require('node:fs')
const note = (text) => appendFileSync(process.env.FOOTPRINT, text + '\\n')
const {Socket} = require('node:net')
const {connect} = Socket.prototype
Socket.prototype.connect = function (...args) {
  const {host, port, path} = args.flat(9).find((each) => typeof each === 'object' && each !== null) ?? {}
  note('connection ' + (path ?? host + ':' + port))
  return connect.apply(this, args)
}
for (const [name, methods] of [['dns', ['lookup', 'resolve']], ['child_process', ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync']], ['dgram', ['createSocket']]]) {
  const module = require('node:' + name)
  for (const method of methods) {
    const original = module[method]
    module[method] = (...args) => {
      note(name + '.' + method + ' ' + args[0])
      return original(...args)
    }
  }
}
require('node:module').syncBuiltinESMExports()
`

/** What is left of a run that starts in an empty home and an empty folder. */
async function footprintOf(args: readonly string[], input = ''): Promise<readonly string[]> {
  const folder = temporaryFolder()
  const [home, here, temporary] = ['home', 'here', 'temporary'].map((name) => join(folder, name))
  for (const path of [home, here, temporary]) mkdirSync(path ?? '')
  const [hook, notes] = [join(folder, 'hook.cjs'), join(folder, 'notes')]
  writeFileSync(hook, HOOK)
  writeFileSync(notes, '')
  const env = {
    ...{HOME: home ?? '', TMPDIR: temporary ?? '', FOOTPRINT: notes, NODE_OPTIONS: `--require ${hook}`},
    NODE_DISABLE_COMPILE_CACHE: '1',
  }
  const {stderr} = await spawnPlugin(args, here ?? '', input, env)
  expect(stderr).not.toMatch(/^(error|Error|Unable)/)
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((path) => path.includes('/'))
  return [...new Set(readFileSync(notes, 'utf8').split('\n').filter(Boolean)), ...files]
}

const SET = {metadata: {name: 'db', namespace: 'shop', uid: '1'}, spec: {replicas: 1}}

test.for(['map -A', 'coverage -A', 'rollout -A', 'status -A', 'why sts/db -n shop', 'snapshot -A'])(
  '%s connects to the API server, starts nothing and leaves nothing',
  async (line) => {
    const server = await fakeServer(({url = ''}, response) => {
      json(response, /statefulsets\/db$/.test(url) ? SET : {items: []})
    })
    const where = `--kubeconfig=${kubeconfig(server.url, {token: 't'})}`
    expect(await footprintOf([...line.split(' '), where])).toEqual([`connection 127.0.0.1:${server.port}`])
  },
)

test.for(['map -f -', 'explain', 'explain crash-loop', '--help', 'map --help', '--version', 'options'])(
  '%s connects to nothing at all',
  async (line) => {
    expect(
      await footprintOf(
        line.split(' '),
        JSON.stringify({kind: 'List', items: [{...SET, kind: 'StatefulSet', apiVersion: 'apps/v1'}]}),
      ),
    ).toEqual([])
  },
)

test('what a run leaves would be seen', async () => {
  const server = await fakeServer((_, response) => json(response, {items: []}))
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: '/bin/sh',
    args: [
      '-c',
      'touch "$HOME/left"; echo \'{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}\'',
    ],
    interactiveMode: 'Never',
  }
  expect(await footprintOf(['map', `--kubeconfig=${kubeconfig(server.url, {exec})}`])).toEqual([
    'child_process.spawn /bin/sh',
    `connection 127.0.0.1:${server.port}`,
    'home/left',
  ])
})
