import type { Locale } from '../../contract/activity';
import { CallError } from './call';
import { newId } from './outgoing';
import type { Session } from './session';

export const FILE_LIMIT = 10 * 1024 * 1024;
export const FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];

export type FileFault = 'too-big' | 'bad-type';

/** What cannot be sent is said before anything is sent. */
export function faultOf(file: { size: number; type: string }): FileFault | null {
  if (!FILE_TYPES.includes(file.type)) return 'bad-type';
  return file.size > FILE_LIMIT ? 'too-big' : null;
}

export interface Upload {
  id: string;
  /** Resolves once the server has it; rejects with a CallError, of code `cancelled` when it was cancelled. */
  done: Promise<void>;
  cancel(): void;
}

export interface UploadOptions {
  session: Session;
  base: string;
  conversationId: string;
  locale: Locale;
  onProgress: (share: number) => void;
}

/** Sends one file as a message of its own; `fetch` would tell nothing of its progress. */
export function startUpload(file: File, options: UploadOptions, id = newId()): Upload {
  const { session, base, conversationId, locale, onProgress } = options;
  const form = new FormData();
  const activity = { type: 'message', locale, channelData: { clientActivityID: id } };
  const type = 'application/vnd.microsoft.activity';
  form.append('activity', new Blob([JSON.stringify(activity)], { type }), 'activity');
  form.append('file', file, file.name);
  let request: XMLHttpRequest | null = null;
  let isCancelled = false;

  const attempt = (token: string) =>
    new Promise<number>((resolve, reject) => {
      request = new XMLHttpRequest();
      request.open('POST', `${base}/v3/directline/conversations/${conversationId}/upload`);
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onload = () => resolve(request?.status ?? 0);
      request.onerror = () => reject(new CallError(0, 'unreachable', 0));
      request.onabort = () => reject(new CallError(0, 'cancelled', 0));
      request.send(form);
    });

  async function run(): Promise<void> {
    const first = await attempt((await session.grant()).token);
    if (first < 300) return;
    if (first !== 401 && first !== 403) throw new CallError(first, 'refused', 0);
    session.drop();
    const { token } = await session.grant();
    if (isCancelled) throw new CallError(0, 'cancelled', 0);
    const second = await attempt(token);
    if (second >= 300) throw new CallError(second, 'refused', 0);
  }

  return {
    id,
    done: run(),
    cancel: () => {
      isCancelled = true;
      request?.abort();
    },
  };
}
