import { createHttpTranscribe, type Transcribe } from '../channels/wechat/transcribe';
import type { Config } from '../config';

/** A voice message is heard before it is accepted, within the five seconds of WeChat. */
const TRANSCRIBE_MS = 2_500;

/** The service that turns voices into text; null without one. */
export function transcribeOf({
  TRANSCRIBE_URL: url,
  TRANSCRIBE_DIALECT: dialect,
}: Pick<Config, 'TRANSCRIBE_URL' | 'TRANSCRIBE_DIALECT'>): Transcribe | null {
  return url ? createHttpTranscribe({ fetch, url, dialect, timeoutMs: TRANSCRIBE_MS }) : null;
}
