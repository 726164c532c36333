/**
 * A small Direct Line 3.0 client: everything that was said comes again after a reload, since the conversation's log is
 * on the server; what is not acknowledged yet is kept here under its own id and sent until it is.
 */
const API = '/v3/directline';
const REFRESH_EVERY_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 15_000;
const KEEP_RESUME = 'chat.resume';
const KEEP_UNSENT = 'chat.unsent';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

class CallError extends Error {
  constructor(status, code, retryAfterSeconds) {
    super(code);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

async function call(method, path, token, body) {
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(path, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(isJson ? { 'Content-Type': 'application/json' } : {}),
    },
    body: isJson ? JSON.stringify(body) : body,
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new CallError(
    response.status,
    answer.error?.code ?? '',
    Number(response.headers.get('Retry-After') ?? 0),
  );
}

/**
 * @param {{
 *   locale: () => string,
 *   onActivity: (activity: object) => void,
 *   onTyping: () => void,
 *   onStatus: (status: 'connecting' | 'online' | 'offline' | 'ended') => void,
 *   onSending: (id: string, state: 'sending' | 'slow' | 'failed') => void,
 * }} options
 */
export function openChat({ locale, onActivity, onTyping, onStatus, onSending }) {
  let token = null;
  let conversationId = null;
  let userId = null;
  let watermark = '';
  let failures = 0;
  let isEnded = false;
  const seen = new Set();
  /** Texts only: a file is sent again by hand. */
  const unsent = new Map(JSON.parse(localStorage.getItem(KEEP_UNSENT) ?? '[]'));
  let sending = Promise.resolve();

  const keepUnsent = () => localStorage.setItem(KEEP_UNSENT, JSON.stringify([...unsent]));

  async function authorise() {
    const resume = localStorage.getItem(KEEP_RESUME) ?? undefined;
    const visitor = await call('POST', '/chat/token', null, { resume, locale: locale() });
    if (conversationId !== null && visitor.conversationId !== conversationId) {
      // Away for more than 30 days: the old conversation cannot be gone on with on this page.
      isEnded = true;
      onStatus('ended');
      return;
    }
    localStorage.setItem(KEEP_RESUME, visitor.resumeToken);
    token = visitor.token;
    userId = visitor.userId;
    conversationId = visitor.conversationId;
  }

  /** A call that asks for a new token once when the old one has expired. */
  async function authorised(method, path, body) {
    if (token === null) await authorise();
    try {
      return await call(method, path, token, body);
    } catch (error) {
      if (error.status !== 403 && error.status !== 401) throw error;
      await authorise();
      return call(method, path, token, body);
    }
  }

  function take({ activities = [], watermark: next }) {
    for (const activity of activities) {
      if (activity.type === 'typing') {
        if (activity.from?.id !== userId) onTyping();
        continue;
      }
      if (seen.has(activity.id)) continue;
      seen.add(activity.id);
      const ownId = activity.channelData?.clientActivityID;
      if (ownId && unsent.delete(ownId)) keepUnsent();
      onActivity({ ...activity, isOwn: activity.from?.role === 'user' });
    }
    if (next) watermark = next;
  }

  function listen(streamUrl) {
    return new Promise((resolve) => {
      const socket = new WebSocket(streamUrl);
      const ping = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(''), 20_000);
      socket.onopen = () => {
        failures = 0;
        onStatus('online');
      };
      socket.onmessage = ({ data }) => data && take(JSON.parse(data));
      socket.onclose = () => {
        clearInterval(ping);
        resolve();
      };
    });
  }

  async function stayConnected() {
    onStatus('connecting');
    while (!isEnded) {
      try {
        const started = await authorised('POST', `${API}/conversations`);
        const query = watermark ? `?watermark=${encodeURIComponent(watermark)}` : '';
        const { streamUrl } = watermark
          ? await authorised('GET', `${API}/conversations/${conversationId}${query}`)
          : started;
        await listen(streamUrl);
      } catch (error) {
        if (error.status === 404) token = null;
      }
      if (isEnded) return;
      onStatus('offline');
      failures += 1;
      await Promise.race([
        pause(Math.min(500 * 2 ** failures, LONGEST_PAUSE_MS) * (0.7 + Math.random() * 0.6)),
        new Promise((resolve) => addEventListener('online', resolve, { once: true })),
      ]);
    }
  }

  /** Sends until the server has it; the same id is the same message, however often it arrives. */
  async function deliver(id, text) {
    for (let attempt = 0; unsent.has(id) && !isEnded; attempt += 1) {
      onSending(id, attempt > 2 ? 'failed' : 'sending');
      try {
        if (conversationId === null) throw new CallError(0, 'not connected yet', 0);
        const activity = { type: 'message', text, locale: locale(), channelData: { clientActivityID: id } };
        await authorised('POST', `${API}/conversations/${conversationId}/activities`, activity);
        return;
      } catch (error) {
        if (error.status === 400) {
          unsent.delete(id);
          keepUnsent();
          return onSending(id, 'failed');
        }
        if (error.status === 429) onSending(id, 'slow');
        await pause(
          Math.max(error.retryAfterSeconds * 1000 || 0, Math.min(400 * 2 ** attempt, LONGEST_PAUSE_MS)),
        );
      }
    }
  }

  const enqueue = (id, text) => {
    sending = sending.then(() => deliver(id, text));
  };

  setInterval(() => {
    if (token === null) return;
    call('POST', `${API}/tokens/refresh`, token)
      .then((fresh) => {
        token = fresh.token;
      })
      .catch(() => undefined);
  }, REFRESH_EVERY_MS);
  void stayConnected();
  for (const [id, text] of unsent) enqueue(id, text);

  return {
    unsent: () => [...unsent],
    send(text) {
      const id = newId();
      unsent.set(id, text);
      keepUnsent();
      enqueue(id, text);
      return id;
    },
    async sendFile(file) {
      const id = newId();
      const body = new FormData();
      const activity = { type: 'message', locale: locale(), channelData: { clientActivityID: id } };
      const type = 'application/vnd.microsoft.activity';
      body.append('activity', new Blob([JSON.stringify(activity)], { type }), 'activity');
      body.append('file', file, file.name);
      await authorised('POST', `${API}/conversations/${conversationId}/upload`, body);
    },
  };
}
