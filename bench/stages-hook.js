// Loaded before our command: writes to the file BENCH_STAGES, in milliseconds since the process began, when it
// had what it needed to ask, when it had read all, and when it began to write. Plain JavaScript, since to strip
// types takes longer than what is measured.
import {subscribe} from 'node:diagnostics_channel'
import {writeFileSync} from 'node:fs'

const marks = {}
const first = (name) => {
  marks[name] ??= performance.now()
}

subscribe('undici:request:create', () => first('asked'))
subscribe('undici:request:trailers', () => {
  marks.read = performance.now()
})

const {stdout} = process
const write = stdout.write
stdout.write = function (...args) {
  first('written')
  return write.apply(this, args)
}

process.on('exit', () => {
  marks.ended = performance.now()
  writeFileSync(process.env.BENCH_STAGES ?? '', JSON.stringify(marks))
})
first('started')
