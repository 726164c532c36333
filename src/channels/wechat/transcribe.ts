import { z } from 'zod';
import type { Fetch } from '../delivery/call-outcome';

/** Turns speech into text. Null when it cannot, or is not sure of what it heard. */
export type Transcribe = (voice: { bytes: Buffer; format: string }) => Promise<string | null>;

const answerSchema = z.object({
  text: z.string().max(4000),
  /** 0 to 1; a service that does not say is believed. */
  confidence: z.number().min(0).max(1).default(1),
});

/** Below this nothing is done with what was heard: a wrong address costs more than a call-back. */
const SURE = 0.6;

/**
 * A transcription service by HTTP: the bytes are posted with `format` and `dialect` in the address, and it answers
 * `{ text, confidence }`. Whatever fails is null: the voice message is kept from nobody, a human hears of it.
 */
export function createHttpTranscribe(options: {
  fetch: Fetch;
  url: string;
  /** A dialect that the service knows, such as `mandarin`, `cantonese` or `sichuan`. */
  dialect: string;
  timeoutMs: number;
}): Transcribe {
  const { fetch, url, dialect, timeoutMs } = options;
  return async ({ bytes, format }) => {
    const address = new URL(url);
    address.searchParams.set('format', format);
    address.searchParams.set('dialect', dialect);
    try {
      const response = await fetch(address, {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { 'Content-Type': 'application/octet-stream' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) return null;
      const { text, confidence } = answerSchema.parse(await response.json());
      return confidence >= SURE && text.trim() !== '' ? text.trim() : null;
    } catch {
      // A service that is down and one that hears nothing come to the same: somebody has to listen.
      return null;
    }
  };
}
