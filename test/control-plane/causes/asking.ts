import {collect, collectMore, projected} from '../../../src/cluster/collect.ts'
import {connect} from '../../../src/cluster/connect.ts'
import type {Connection} from '../../../src/cluster/connection.ts'
import {inRounds} from '../../../src/command-line/rounds.ts'
import type {Need, Scope} from '../../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import type {Question, ReportHeader} from '../../../src/reports/report.ts'
import type {ControlPlane} from '../tools/control-plane.ts'

/** With the rights of the ClusterRole that we ship. */
export function connected({operator}: Pick<ControlPlane, 'operator'>): Promise<Connection> {
  return connect({kubeconfig: operator}, {note: () => {}})
}

/** What a question needs, as the plugin reads it: in the same order, and nothing is older than it would be there. */
export async function read(
  connection: Connection,
  question: Pick<Question<never>, 'needs' | 'more' | 'narrow'>,
  scope: Scope,
): Promise<ClusterSnapshot> {
  const reading = {connection, chunkSize: 500, keep: projected, onProgress: () => {}}
  const asking = question.narrow?.(scope) ?? question
  const requested = asking.needs(scope)
  const first = await collect(reading, requested)
  const more = (known: ClusterSnapshot, needs: readonly Need[]) => collectMore(reading, known, needs)
  return (await inRounds(asking, scope, {snapshot: first, requested}, more)).snapshot
}

/** The answer to a question, without a process of its own. */
export async function ask<Report extends ReportHeader<string>>(
  connection: Connection,
  question: Question<Report>,
  scope: Scope,
): Promise<Report> {
  return question.build(await read(connection, question, scope), scope)
}
