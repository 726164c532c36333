/**
 * The load, in a process of its own: clients that each go through whole conversations, one message at a time, until
 * the time is over. A message counts once its answer is there; its latency runs from sending to the last reply of it.
 */
import { Agent, request as httpRequest } from 'node:http';
import WebSocket from 'ws';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

function post(port, path, body, token) {
  const text = JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  if (token) headers.Authorization = `Bearer ${token}`;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { port, host: '127.0.0.1', path, method: 'POST', headers, agent },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          if (response.statusCode < 300) resolve(answer === '' ? {} : JSON.parse(answer));
          else reject(new Error(`${response.statusCode} ${answer.slice(0, 200)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

/** What the bot may ask, and what this customer answers; the first that fits. Null ends the conversation. */
const answers = [
  [/单号|有故障/, () => null],
  [/小区|路名/, (n) => `鼓楼区中山路${(n % 900) + 1}号${(n % 17) + 1}栋${(n % 4) + 1}单元501`],
  [/光纤/, () => '没有'],
  [/电源灯/, () => '亮着'],
  [/上网了吗|好了吗/, () => '还不行'],
  [/哪个方便/, () => '第一个'],
  [/可以吗/, () => '可以'],
  [/哪个电话/, () => '13800138000'],
];
const OPENING = '家里宽带断网了，光猫红灯闪';
const answerTo = (words, n) => answers.find(([question]) => question.test(words))?.[1](n);

/** A client of ours: token, conversation and socket are made before the clock runs. */
async function openDirectLine(port, secret) {
  const api = '/v3/directline';
  const { token } = await post(port, `${api}/tokens/generate`, {}, secret);
  const { conversationId, streamUrl } = await post(port, `${api}/conversations`, {}, token);
  const socket = new WebSocket(streamUrl);
  let hear = () => undefined;
  socket.on('message', (data) => {
    const text = data.toString();
    if (text === '') return;
    for (const { type, from, text: words } of JSON.parse(text).activities) {
      if (type === 'message' && from.role === 'bot') hear(words);
    }
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    conversationId,
    /** Answers the question that follows. */
    async say(text) {
      const answered = new Promise((resolve) => {
        hear = (words) => answerTo(words, 0) !== undefined && resolve(words);
      });
      await post(port, `${api}/conversations/${conversationId}/activities`, { type: 'message', text }, token);
      return answered;
    },
    close: () => socket.close(),
  };
}

const openFloor = (port, id) => ({
  conversationId: id,
  said: 0,
  /** Five messages make a conversation, as with the others. */
  async say(text) {
    await post(port, `/turn/${id}`, { type: 'message', text, from: { id } });
    this.said += 1;
    return this.said < 5 ? '光纤' : '单号';
  },
  close: () => undefined,
});

const openBotbuilder = (port, id) => ({
  conversationId: id,
  async say(text) {
    const { activities } = await post(port, '/api/messages', {
      type: 'message',
      id: `${Math.random()}`,
      channelId: 'directline',
      serviceUrl: 'https://unused.example',
      deliveryMode: 'expectReplies',
      from: { id: `user-${id}` },
      recipient: { id: 'bot' },
      conversation: { id },
      locale: 'zh-cn',
      text,
    });
    return activities.at(-1).text;
  },
  close: () => undefined,
});

/** One run. @param {{ arm: string, port: number, secret?: string, clients: number, seconds: number, name: string }} run */
async function runLoad({ arm, port, secret, clients, seconds, name }) {
  const latencies = [];
  const conversations = [];
  const pool = [];
  const open = (id) =>
    arm === 'ours'
      ? openDirectLine(port, secret)
      : arm === 'floor'
        ? openFloor(port, id)
        : openBotbuilder(port, id);
  // Conversations are opened ahead of the clock; a client that runs out of them opens more.
  const ahead = arm === 'ours' ? clients * Math.ceil(seconds * 25) : 0;
  for (let i = 0; i < ahead; i += 1) pool.push(await open(`${name}-${i}`));
  process.send({ type: 'ready' });
  await new Promise((resolve) => process.once('message', resolve));
  const began = performance.now();
  const until = began + seconds * 1000;
  let serial = ahead;
  async function client() {
    while (performance.now() < until) {
      const talk = pool.pop() ?? (await open(`${name}-${serial++}`));
      conversations.push(talk.conversationId);
      const n = conversations.length;
      for (let text = OPENING; text && performance.now() < until; ) {
        const sentAt = performance.now();
        const question = await talk.say(text);
        latencies.push(performance.now() - sentAt);
        text = answerTo(question, n);
      }
      talk.close();
    }
  }
  await Promise.all(Array.from({ length: clients }, client));
  const tookSeconds = (performance.now() - began) / 1000;
  for (const left of pool) left.close();
  return { latencies, tookSeconds, conversations };
}

process.once('message', async (run) => {
  const { latencies, ...rest } = await runLoad(run);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  process.send({ type: 'done', messages: latencies.length, p50: at(0.5), p99: at(0.99), ...rest }, () =>
    process.exit(0),
  );
});
