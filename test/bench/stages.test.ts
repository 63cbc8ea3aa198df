import {describe, expect, it} from 'vitest'
import {between} from '../../bench/measuring/stages.ts'

describe('the stages of a command', () => {
  it('follow each other from the begin of the process to its end', () => {
    const stages = between({started: 50, asked: 200, read: 1200, written: 1500, ended: 1600})
    expect(stages).toEqual({node: 0.05, import: 0.15, read: 1, build: 0.3, render: 0.1})
  })

  it('are only Node, import and render where nothing is requested', () => {
    const stages = between({started: 50, written: 75, ended: 100})
    expect(stages).toEqual({node: 0.05, import: 0.025, read: 0, build: 0, render: 0.025})
  })

  it('build nothing after the last answer where the report is written as it is read', () => {
    const stages = between({started: 50, asked: 100, read: 900, written: 500, ended: 1000})
    expect(stages).toMatchObject({read: 0.4, build: 0, render: 0.5})
  })
})
