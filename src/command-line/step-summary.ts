import {appendFile} from 'node:fs/promises'

/**
 * Adds an answer to the file that is the summary of a step of GitHub Actions.
 * @returns Sentence for what went wrong: no reason for a wait to fail; undefined: nothing did.
 */
export async function addToStepSummary(lines: Iterable<string>, file: string): Promise<string | undefined> {
  try {
    await appendFile(file, `${[...lines].join('\n')}\n\n`)
    return undefined
  } catch (error) {
    return `Warning: nothing was added to the summary of this step: ${(error as Error).message}`
  }
}
