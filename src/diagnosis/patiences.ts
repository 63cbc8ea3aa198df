import * as patience from './patience.ts'

/** All patiences, in seconds: what rules think of a time may be another when so many have passed since. */
export const patiences: readonly number[] = Object.values(patience).filter((each) => typeof each === 'number')
