import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Connection} from '../../../src/cluster/connection.ts'
import {rankOf} from '../../../src/diagnosis/causes.ts'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import type {CauseId} from '../../../src/diagnosis/order.ts'
import {mapQuestion} from '../../../src/reports/map/question.ts'
import type {Question, ReportHeader} from '../../../src/reports/report.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import {statusQuestion} from '../../../src/reports/status/question.ts'
import {whyQuestion} from '../../../src/reports/why/question.ts'
import type {WhyReport} from '../../../src/reports/why/report.ts'
import {spawnPlugin} from '../../spawn-plugin.ts'
import {addNodes} from '../situations/nodes.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import type {SpareUser} from '../tools/users.ts'
import {ask, connected} from './asking.ts'
import {allBut, STUCK, WITHHELD} from './rights-situations.ts'

const QUESTIONS = {why: whyQuestion, rollout: rolloutQuestion, map: mapQuestion, status: statusQuestion}
type Command = keyof typeof QUESTIONS

const USERS = Object.keys(WITHHELD) as SpareUser[]
const CASES = Object.keys(STUCK).flatMap((name) =>
  USERS.flatMap((user) => (Object.keys(QUESTIONS) as Command[]).map((command) => ({name, user, command}))),
)

const key = ({id, object}: Finding) => `${id} ${object.kind}/${object.name}`

const serious = (findings: readonly Finding[]) =>
  findings.filter(({severity}) => severity !== 'info').map(key)

const missing = ({chain = []}: Partial<WhyReport>) =>
  chain.filter(({state}) => state === 'missing').map(({kind, name}) => `${kind}/${name}`)

describeControlPlane('the cause, for users who may not read one kind', () => {
  let controlPlane: ControlPlane
  let connection: Connection

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    connection = await connected(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.apply(USERS.flatMap((user) => allBut(user)))
    await Promise.all(
      Object.entries(STUCK).map(async ([namespace, {arrange, cause}]) => {
        await controlPlane.createNamespace(namespace)
        await arrange(controlPlane, namespace)
        const read = async () => (await whole('why', namespace)).findings.map(key)
        await until(`${cause} is found`, read, (all) => all.some((each) => each.startsWith(cause)))
      }),
    )
  })

  afterAll(async () => {
    await connection?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  /** What somebody is told who may read everything, and which kinds that takes. */
  async function whole(command: Command, namespace: string) {
    const paths: string[] = []
    const get: Connection['get'] = (path, ...rest) => {
      paths.push(path)
      return connection.get(path, ...rest)
    }
    const question: Question<ReportHeader<string>> = QUESTIONS[command] as never
    const names = command === 'why' ? [{resource: 'statefulSets', name: 'db'} as const] : []
    const report = await ask({...connection, get}, question, {namespace, names})
    return {report: report as Partial<WhyReport>, findings: question.findings(report), paths}
  }

  test.concurrent.for(CASES)('$command of $name by $user', async ({name, user, command}) => {
    const withheld = WITHHELD[user]
    const {findings: known, report: all, paths} = await whole(command, name)
    const isRequested = withheld.filter((kind) => paths.some((path) => path.split('/').includes(kind)))
    const args = [command, ...(command === 'why' ? ['sts/db'] : []), '-n', name, '-o', 'json']
    const as = ['--kubeconfig', controlPlane.user(user).kubeconfig]
    const {stdout, stderr, code} = await spawnPlugin([...args, ...as], controlPlane.folder)
    expect(code, stderr).toBe(0)
    const report: ReportHeader<string> & Partial<WhyReport> = JSON.parse(stdout)
    const findings = (QUESTIONS[command] as unknown as Question<never>).findings(report as never)

    const [, named] =
      /^(?:Warning: could not read (.*) \(Forbidden\); what they would tell is <unknown>\n)?$/.exec(stderr) ??
      []
    const unread = named?.split(', ') ?? []
    expect(withheld, stderr).toEqual(expect.arrayContaining(unread))
    expect(unread, stderr).toEqual(expect.arrayContaining(isRequested))

    const {cause = '', instead = {}} = STUCK[name] ?? {}
    // and what sums that up, after a while
    const isOther = (each: string) => {
      const [id = ''] = each.split(' ')
      return instead[user] && (id === instead[user] || rankOf(id as CauseId) === 'summary')
    }
    // what is not seen is neither missing nor to blame
    expect(known.map(key)).toEqual(expect.arrayContaining(serious(findings).filter((each) => !isOther(each))))
    expect(missing(all)).toEqual(expect.arrayContaining(missing(report)))

    const causes = known.filter(({id}) => id.startsWith(cause)).map(key)
    if (user in instead || causes.length === 0) return
    expect(findings.map(key)).toEqual(expect.arrayContaining(causes))
    if (command === 'why') expect(findings.map(key)[0]).toBe(causes[0])
  })

  test.concurrent.for(USERS)('the table of claims and volumes has no more <none> for %s', async (user) => {
    const nones = async (kubeconfig: string) => {
      const args = ['map', 'sts/db', '-n', 'trap', '-o', 'wide', '--kubeconfig', kubeconfig]
      const {stdout} = await spawnPlugin(args, controlPlane.folder)
      expect(stdout).toContain('db-0')
      return stdout.split('<none>').length
    }
    const theirs = await nones(controlPlane.user(user).kubeconfig)
    expect(theirs).toBeLessThanOrEqual(await nones(controlPlane.operator))
  })
})
