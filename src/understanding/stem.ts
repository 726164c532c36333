/** Plural and tense hardly matter: "bills" asks for a bill. */
export const stemOf = (word: string): string => word.replace(/(?:'s|ies|ing|ed|es|s)$/, '') || word;
