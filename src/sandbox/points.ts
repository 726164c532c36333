/** What the result of a practice is made of; a hundred in all. */
export const POINTS = { time: 20, tone: 30, facts: 15, goals: 20, filing: 15 } as const;
