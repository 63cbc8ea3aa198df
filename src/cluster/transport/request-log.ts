import {STATUS_CODES} from 'node:http'
import {clean} from '../../model/clean.ts'
import type {Headers} from './headers.ts'

/** Tells what is requested, as kubectl does from `-v=6` on (client-go 0.37 transport/round_trippers.go). */
export interface RequestLog {
  asked(url: string, headers: Headers): void
  answered(url: string, answer: Answered): void
}

interface Answered {
  /** Absent: there was no answer. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly milliseconds: number
}

/** Levels of `-v`, as client-go has them. */
const LINES = 6
const REQUEST_HEADERS = 7
const ANSWER_HEADERS = 8

/**
 * The log for that `-v`, undefined below 6. Bodies are never told, at no level: they may hold what nobody wants in a log; and of
 * what proves who we are only its kind is.
 */
export function requestLog(verbosity: number, write: (line: string) => void): RequestLog | undefined {
  if (verbosity < LINES) return undefined
  const tell = (text: string) => write(`${prefix()} ${text}`)
  const tellHeaders = (headers: Answered['headers'] = {}) => {
    for (const line of headerLines(headers)) write(`\t${line}`)
    write(' >')
  }
  return {
    asked(url, headers) {
      if (verbosity < REQUEST_HEADERS) return
      tell(`"Request" verb="GET" url=${quoted(url)} headers=<`)
      tellHeaders(headers)
    },
    answered(url, {status, headers, milliseconds}) {
      const text = status === undefined ? '' : [status, STATUS_CODES[status]].filter(Boolean).join(' ')
      const told = `status=${quoted(text)} milliseconds=${Math.round(milliseconds)}`
      if (verbosity < REQUEST_HEADERS) return tell(`"Response" verb="GET" url=${quoted(url)} ${told}`)
      if (verbosity < ANSWER_HEADERS) return tell(`"Response" ${told}`)
      tell(`"Response" ${told} headers=<`)
      tellHeaders(headers)
    },
  }
}

function headerLines(headers: NonNullable<Answered['headers']>): readonly string[] {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${spelt(name)}: ${masked(name, utf8(each))}`),
  )
  return pairs.toSorted().map(clean)
}

function spelt(name: string): string {
  return name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

/** Whatever is a secret in a header, by its name. */
const SECRET = /^(proxy-)?authorization$|cookie|token|secret|^www-authenticate$/i

function masked(name: string, value: string): string {
  if (!SECRET.test(name)) return value
  const [, scheme] = /^(Bearer|Basic|Negotiate) /.exec(value) ?? []
  return scheme === undefined ? '<masked>' : `${scheme} <masked>`
}

// On the wire a header's bytes are characters of their own.
function utf8(value: string): string {
  return Buffer.from(value, 'latin1').toString()
}

function quoted(text: string): string {
  return JSON.stringify(clean(text))
}

/** klog's: severity and day, time, process. */
function prefix(): string {
  const at = new Date()
  const two = (number: number) => String(number).padStart(2, '0')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')
  const micro = `${String(at.getMilliseconds()).padStart(3, '0')}000`
  return `I${two(at.getMonth() + 1)}${two(at.getDate())} ${time}.${micro} ${String(process.pid).padStart(7)} request-log]`
}
