import {defineConfig} from 'vitest/config'

const minutes = 60_000

export default defineConfig({
  test: {
    reporters: ['default', './test/counts-reporter.ts'],
    projects: [
      {
        test: {
          name: 'plain',
          include: ['test/**/*.test.ts'],
          setupFiles: ['./test/own-widths.ts', './test/same-seed.ts'],
          exclude: ['test/control-plane/**'],
          // test/run-plugin.ts changes folder, which only a process of its own can do
          pool: 'forks',
          // vitest would leave one of two cores idle
          maxWorkers: '100%',
          sequence: {groupOrder: 0},
          // a worker loads src once, not once for each file
          isolate: false,
          // far more than any test takes: a busy machine is no reason to fail
          testTimeout: 5 * minutes,
          hookTimeout: 5 * minutes,
          disableConsoleIntercept: true,
        },
      },
      {
        test: {
          name: 'control-plane',
          include: ['test/control-plane/**/*.test.ts'],
          globalSetup: ['./test/control-plane/tools/global-setup.ts'],
          fileParallelism: false,
          sequence: {groupOrder: 1},
          testTimeout: 5 * minutes,
          hookTimeout: 5 * minutes,
          disableConsoleIntercept: true,
        },
      },
    ],
  },
})
