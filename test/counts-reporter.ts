import {writeFileSync} from 'node:fs'
import {relative} from 'node:path'
import type {Reporter, TestCase, TestModule} from 'vitest/node'

/**
 * One last line that any machine can read: `12 passed, 0 failed, 0 skipped`. The files that failed, a line each, are written to
 * the file that FAILED_FILES names.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: ReturnType<TestCase['result']>['state']) =>
      tests.filter((test) => test.result().state === state).length
    const failed = modules.filter((module) => !module.ok())
    // a file that does not load, or holds no test, fails without a test that does
    const broken = count('failed') === 0 ? failed.length : 0
    writeFailed(failed)
    console.log(`${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped`)
  }
}

function writeFailed(failed: readonly TestModule[]): void {
  const {FAILED_FILES} = process.env
  if (!FAILED_FILES) return
  const files = failed.map(({moduleId}) => `${relative(process.cwd(), moduleId)}\n`)
  writeFileSync(FAILED_FILES, files.join(''))
}
