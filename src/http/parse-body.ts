import type { z } from 'zod';
import { AppError } from '../errors';

/** Parses what a client sent. Throws one `bad-request` that names up to five problems, never the values. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new AppError('bad-request', `Nothing was changed. To mend: ${problems.slice(0, 5).join('; ')}`);
}
