import { z } from 'zod';
import {
  type Blocker,
  blockerSchema,
  contentFilesSchema,
  contentVersionSchema,
  draftSchema,
  publishedSchema,
  type SaveDraft,
  savedDraftSchema,
} from '../../contract/content-editing';
import { trialSchema } from '../../contract/content-trial';
import { AppError, messageOf } from '../../errors';

export interface ContentServer {
  url: string;
  token: string;
}

const refusalSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
  blockers: z.array(blockerSchema).default([]),
});

/** Calls of the API of content with a token. Every call throws what the server refuses it with. */
export function createContentClient({ url, token }: ContentServer) {
  async function send(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; answer: unknown }> {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    try {
      const response = await fetch(`${url.replace(/\/$/, '')}/admin/content/${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, answer: await response.json() };
    } catch (cause) {
      throw new AppError('unavailable', `${url} does not answer as a server does: ${messageOf(cause)}.`, {
        cause,
      });
    }
  }
  async function call<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown) {
    const { status, answer } = await send(method, path, body);
    if (status < 300) return schema.parse(answer);
    const refusal = refusalSchema.safeParse(answer).data;
    throw new AppError('conflict', refusal?.error.message ?? `The server answered ${status}.`);
  }
  const trialOf = z.object({ trial: trialSchema.nullable() });

  return {
    async current() {
      const { versions } = await call(
        z.object({ versions: z.array(contentVersionSchema) }),
        'GET',
        'versions',
      );
      const found = versions.find(({ state }) => state.type === 'current');
      if (!found) throw new AppError('not-found', 'The server names no current version.');
      return found;
    },
    files: async (version: string) =>
      (await call(z.object({ files: contentFilesSchema }), 'GET', `versions/${version}`)).files,
    draft: () => call(draftSchema, 'GET', 'draft'),
    discard: () => call(draftSchema, 'DELETE', 'draft'),
    save: (draft: SaveDraft) => call(savedDraftSchema, 'PUT', 'draft', draft),
    startTrial: async (revision: number) => (await call(trialOf, 'POST', 'trial', { revision })).trial,
    trial: async () => (await call(trialOf, 'GET', 'trial')).trial,
    /** The version, or what keeps the draft from being published. */
    async publish(wanted: { revision: number; message: string }): Promise<string | Blocker[]> {
      const { status, answer } = await send('POST', 'publish', wanted);
      if (status === 200) return publishedSchema.parse(answer).version;
      const refusal = refusalSchema.safeParse(answer).data;
      if (status === 422 && refusal) return refusal.blockers;
      throw new AppError('conflict', refusal?.error.message ?? `The server answered ${status}.`);
    },
  };
}
export type ContentClient = ReturnType<typeof createContentClient>;
