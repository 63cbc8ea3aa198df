/** Counts how often each function of `src` is called, as V8 does it for coverage. */
import {Session} from 'node:inspector/promises'

export type Calls = ReadonlyMap<string, number>

/** Calls while `work` ran; the key of a function is its file, its name and where it begins. */
export async function callsDuring(session: Session, work: () => void): Promise<Calls> {
  await session.post('Profiler.takePreciseCoverage')
  work()
  const {result} = await session.post('Profiler.takePreciseCoverage')
  const ours = result.filter(({url}) => /\/src\/(model|diagnosis|reports)\//.test(url))
  return new Map(
    ours.flatMap(({url, functions}) =>
      functions.map(({functionName, ranges: [range]}) => [
        `${url.replace(/^.*\/src\//, '')} ${functionName || 'callback'} at ${range?.startOffset}`,
        range?.count ?? 0,
      ]),
    ),
  )
}

/** Counts from now on, until it is disposed of. */
export async function countCalls(): Promise<Session & {stop: () => Promise<void>}> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: false})
  const stop = async () => {
    await session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
  }
  return Object.assign(session, {stop})
}
