import type {Reporter, TestCase, TestModule} from 'vitest/node'

/** One last line that any machine can read: `12 passed, 0 failed, 0 skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: ReturnType<TestCase['result']>['state']) =>
      tests.filter((test) => test.result().state === state).length
    // a file that does not load, or holds no test, fails without a test that does
    const broken = modules.filter((module) => !module.ok() && count('failed') === 0).length
    console.log(`${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped`)
  }
}
