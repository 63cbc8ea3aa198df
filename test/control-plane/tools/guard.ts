import {rmSync} from 'node:fs'
import {argv, kill, stdin} from 'node:process'
import {createInterface} from 'node:readline'

// A process of its own, in a session of its own: its input closes however the tests end, a kill -9 included,
// and then it ends what they started.
const folder = argv[2]
let pids: readonly number[] = []

for await (const line of createInterface({input: stdin})) pids = JSON.parse(line)

for (const pid of pids) end(pid)
if (folder) rmSync(folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 50})

function end(pid: number): void {
  try {
    kill(pid, 'SIGKILL')
  } catch {
    // It had ended already.
  }
}
