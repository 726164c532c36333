import { z } from 'zod';

const words = z.string().trim().min(1).max(500);

/** What is typed after `/` to have a reply. */
export const shortcutSchema = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^[\p{L}\p{N}-]+$/u, 'letters, digits and hyphens');

/** A saved reply as it is written. */
export const cannedReplyTextSchema = z.strictObject({
  isTeam: z.boolean(),
  shortcut: shortcutSchema,
  text: z.strictObject({ zh: words, en: words }),
});

/** What agents say often: everybody's, and each agent's own. */
export interface CannedReply {
  id: string;
  isTeam: boolean;
  shortcut: string;
  text: { zh: string; en: string };
}

/** What stands in `{{…}}` of a reply is filled in when it is used. */
export const REPLY_VARIABLES: readonly string[] = ['customer', 'agent', 'order', 'promise'];
