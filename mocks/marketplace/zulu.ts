/** An instant as the marketplace dates things: `2026-12-31T23:59:00Z`. */
export const zulu = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`
