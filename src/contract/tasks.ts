import { z } from 'zod';

/**
 * What an agent has promised a customer, with the time by which it is done. Times are milliseconds since 1970 UTC.
 */
export const taskSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** Who is to do it. */
  accountId: z.string(),
  accountName: z.string(),
  text: z.string(),
  dueAt: z.coerce.number(),
  createdAt: z.coerce.number(),
  doneAt: z.coerce.number().nullable(),
});
export type Task = z.infer<typeof taskSchema>;

/** `POST /agent/tasks`; the same id makes one task, however often it is sent. */
export const newTaskSchema = z.strictObject({
  id: z.uuid(),
  conversationId: z.string().min(1).max(200),
  text: z.string().trim().min(1).max(300),
  dueAt: z.number().int(),
});
export type NewTask = z.infer<typeof newTaskSchema>;
