import {defineConfig} from 'vitest/config'

const minutes = 60_000

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'plain',
          include: ['test/**/*.test.ts'],
          exclude: ['test/control-plane/**'],
          disableConsoleIntercept: true,
        },
      },
      {
        test: {
          name: 'control-plane',
          include: ['test/control-plane/**/*.test.ts'],
          globalSetup: ['./test/control-plane/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
          disableConsoleIntercept: true,
        },
      },
    ],
  },
})
