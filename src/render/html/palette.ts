/** Colours by what they are for. Each ink is readable on each ground (WCAG 2: 4.5 to 1), which a test works out. */
export type Palette = Readonly<Record<(typeof INKS)[number] | (typeof GROUNDS)[number], string>>

export const INKS = ['text', 'muted', 'ok', 'warn', 'error'] as const
export const GROUNDS = ['ground', 'box', 'deep'] as const

/** Blue, brown and vermilion: eyes that take red for green tell them apart, and each has a shape and a word besides. */
export const LIGHT: Palette = {
  ground: '#ffffff',
  box: '#f5f7f9',
  deep: '#e8edf2',
  text: '#1b2026',
  muted: '#4f5964',
  ok: '#0a5596',
  warn: '#754600',
  error: '#a8290c',
}

export const DARK: Palette = {
  ground: '#0f1419',
  box: '#171d24',
  deep: '#222b35',
  text: '#e6edf3',
  muted: '#a3b0bd',
  ok: '#7cc4ff',
  warn: '#ecc94b',
  error: '#ff9b70',
}
