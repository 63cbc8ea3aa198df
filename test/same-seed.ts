import fc from 'fast-check'

/** The same cases in each run, so that what fails here fails there; `FC_SEED=7 npx vitest run …` tries others. */
fc.configureGlobal({seed: Number(process.env.FC_SEED ?? 20_261_129)})
