import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Connection} from '../../../src/cluster/connection.ts'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import type {Scope} from '../../../src/model/scope.ts'
import {textLines} from '../../../src/render/text.ts'
import {whyView} from '../../../src/render/views/why.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import {whyQuestion} from '../../../src/reports/why/question.ts'
import {shellWords} from '../../diagnosis/shell-words.ts'
import {addNodes} from '../situations/nodes.ts'
import {storageClass} from '../situations/volumes.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {HopelessError, until} from '../tools/until.ts'
import {ask, connected} from './asking.ts'
import {CLASS, type Cure, commandsOf, LETTERS, nodesOf, type Sandbox} from './cure.ts'
import {daemonCures} from './cures-daemons.ts'
import {serviceCures} from './cures-services.ts'
import {setCures} from './cures-sets.ts'
import {volumeCures} from './cures-volumes.ts'

const CURES = Object.entries({...setCures, ...serviceCures, ...volumeCures, ...daemonCures})
const PATIENCE = {timeout: 25_000, interval: 250}
/** To drain three nodes, one after the other, takes its time. */
const LONG_PATIENCE = {timeout: 60_000, interval: 250}
const PLAIN = {
  isColored: false,
  isWide: false,
  hasHeaders: true,
  hasNamespaces: false,
  findings: 'full',
} as const

interface Said {
  readonly findings: readonly Finding[]
  readonly lines: readonly string[]
}

const KINDS = {sts: 'statefulSets', ds: 'daemonSets', pvc: 'persistentVolumeClaims'} as const

describeControlPlane('the command that is printed', () => {
  let controlPlane: ControlPlane
  let connection: Connection

  const placeOf = (title: string): Sandbox => {
    const namespace = title
      .toLowerCase()
      .replaceAll(/[^a-z-]+/g, '-')
      .replace(/-$/, '')
    const [a, b, c] = LETTERS.map((letter) => `${namespace}-${letter}`)
    const nodes = [a ?? '', b ?? '', c ?? ''] as const
    return {api: controlPlane, namespace, lane: {lane: namespace}, nodes}
  }

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    connection = await connected(controlPlane)
    await addNodes(
      controlPlane,
      CURES.flatMap(([title]) => nodesOf(placeOf(title))),
    )
    await controlPlane.apply(storageClass(CLASS))
    await Promise.all(CURES.map(([title]) => controlPlane.createNamespace(placeOf(title).namespace)))
  })

  afterAll(async () => {
    await connection?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  /** What it finds there, and how that is printed. */
  async function look({namespace, nodes}: Sandbox, about: Cure['about']): Promise<Said> {
    const [kind, name = ''] = about.split('/')
    const scope: Scope =
      kind === 'node'
        ? {names: [{resource: 'nodes', name: nodes[0]}]}
        : {namespace, names: [{resource: KINDS[kind as keyof typeof KINDS], name}]}
    const report = await ask(connection, whyQuestion, scope)
    const own = report.findings.filter(({object}) => (object.namespace ?? namespace) === namespace)
    // DaemonSets of the other sandboxes are not wanted on these nodes either
    return {findings: own, lines: [...textLines(whyView({...report, findings: own}, PLAIN), PLAIN)]}
  }

  const rollout = async ({namespace}: Sandbox) => {
    const {workloads} = await ask(connection, rolloutQuestion, {namespace, names: []})
    return workloads[0]?.state
  }

  const seen = ({findings}: Said) =>
    findings.map(({id, severity, message}) => `${severity} ${id}: ${message}`).join('\n')

  /** As it stands on the screen, after its label. */
  async function obey({lines}: Said, found: Finding, way?: number): Promise<void> {
    const commands = commandsOf(found, way)
    expect(commands, `commands of ${JSON.stringify(found.remedy)}`).not.toEqual([])
    const printed = lines.map((line) => line.replace(/^[A-Z][a-z]+(?= )/, '').trim())
    for (const command of commands) {
      expect(printed).toContain(command)
      const {code, stderr} = await controlPlane.kubectl(shellWords(command).slice(1))
      expect({command, code, stderr}).toMatchObject({code: 0})
    }
  }

  test.concurrent.for(CURES)('ends %s', async ([title, {about, arrange, way, ends}]) => {
    const id = title.split(' ')[0] ?? ''
    const place = placeOf(title)
    const found = ({findings}: Said) => findings.find((each) => each.id === id)
    const read = () => look(place, about)
    const isEnded = async () => (ends ? ends(place) : (await rollout(place)) === 'Complete')
    await arrange(place)
    await until(`${id} is found`, read, (said) => Boolean(found(said)), PATIENCE).catch(async (cause) => {
      throw new Error(`${id} is not found, but\n${seen(await read())}`, {cause})
    })
    const done: string[] = []
    let message: string | undefined
    await until(
      `${title} has come to its end`,
      async () => {
        const said = await read()
        const finding = found(said)
        // the same again is the same still
        if (finding && finding.message !== message) {
          await obey(said, finding, way).catch((error) => {
            throw new HopelessError(error.message)
          })
          done.push(...commandsOf(finding, way))
        }
        message = finding?.message
        return !finding && (await isEnded())
      },
      Boolean,
      LONG_PATIENCE,
    ).catch(async (cause) => {
      const after = `${await rollout(place)}\n${seen(await read())}`
      throw new Error(`after ${done.join(' && ')}: ${after}\n${cause}`, {cause})
    })
  })
})
