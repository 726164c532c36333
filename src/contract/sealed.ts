/**
 * What stands in a text where something was masked that a dialog may still need. The value itself travels encrypted
 * beside the text (`Entry.sealed`), under the name of the entity that it becomes.
 */
export const SEALED_MARKS = { 'one-time-code': '[验证码]' } as const;
export type SealedName = keyof typeof SEALED_MARKS;
