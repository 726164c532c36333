import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuggestExamples } from '../../src/launch/run-suggest-examples';
import { answers, type ModelServer, materialOf, says, startModelServer } from '../support/model-server';
import { type RedisServer, startRedisServer } from '../support/redis-server';

/** `npm run intents:suggest` on a small folder of intents, with a local endpoint. */
const intent = (id: string, zh: string[], en: string[]) =>
  `id: ${id}\nname: { zh: ${id}, en: ${id} }\nrole: concern\nexamples:\n  zh: ${JSON.stringify(zh)}\n  en: ${JSON.stringify(en)}\n`;
const SLOW = ['网速很慢', '网速太慢了', '上网卡得很', '看视频一直卡', '下载速度好慢', '打游戏延迟高'];
const MOVE = ['我要移机', '搬家了宽带怎么办', '宽带迁到新家', '换地址移宽带', '新房子要移机', '移机怎么办理'];
const ENGLISH = {
  slow: ['my internet is slow', 'videos keep buffering'],
  move: ['move my broadband', 'I moved house'],
};

let root: string;
let redis: RedisServer;
let model: ModelServer;
let env: Record<string, string>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'suggest-'));
  mkdirSync(join(root, 'intents'));
  cpSync(join(__dirname, '../../intents/entities'), join(root, 'intents/entities'), { recursive: true });
  writeFileSync(join(root, 'intents/slow.yaml'), intent('slow', SLOW, ENGLISH.slow));
  writeFileSync(join(root, 'intents/move.yaml'), intent('move', MOVE, ENGLISH.move));
  [redis, model] = await Promise.all([startRedisServer(), startModelServer()]);
  env = {
    CONTENT_DIR: root,
    REDIS_URL: redis.url,
    LLM_BASE_URL: model.url,
    LLM_API_KEY: 'key-of-tests',
    LLM_MODEL: 'test-model',
  };
});
afterAll(async () => {
  await Promise.all([redis.stop(), model.stop()]);
  rmSync(root, { recursive: true, force: true });
});

async function run(args: string[], changed: Record<string, string> = {}) {
  const said: string[] = [];
  const code = await runSuggestExamples(args, { ...env, ...changed }, (text) => said.push(text));
  return { code, said: said.join('\n') };
}

describe('intents:suggest', () => {
  it('prints what the model makes up, each held against examples and classifier', async () => {
    const messages = [
      '刷个网页转半天圈圈',
      '网速很慢',
      '我要移机',
      '新房子要移机怎么办理宽带',
      '刷个网页转半天圈圈',
      '打13812345678这个号',
    ];
    model.behave(answers({ messages }));
    const { code, said } = await run(['slow', '--json']);
    expect(code).toBe(0);
    const judged = JSON.parse(said).map(({ problem }: { problem: unknown }) => problem);
    expect(judged).toEqual([null, 'repeats', 'repeats', 'reads-as', 'repeats', 'personal']);
    const shown = await run(['slow']);
    expect(shown.said.split('\n')[0]).toBe('+ "刷个网页转半天圈圈"');
    expect(shown.said).toContain('- "我要移机"  (stands already in move)');
  });

  it('writes nothing', async () => {
    const before = readdirSync(join(root, 'intents')).map((name) => [
      name,
      name.endsWith('.yaml') ? readFileSync(join(root, 'intents', name), 'utf8') : '',
    ]);
    model.behave(answers({ messages: ['刷个网页转半天圈圈'] }));
    await run(['slow']);
    const after = readdirSync(join(root, 'intents')).map((name) => [
      name,
      name.endsWith('.yaml') ? readFileSync(join(root, 'intents', name), 'utf8') : '',
    ]);
    expect(after).toEqual(before);
  });

  it('asks in the language and number that are wished', async () => {
    model.behave(answers({ messages: ['a', 'the pages take for ever to load', 'c'] }));
    const { said } = await run(['slow', '--language', 'en', '--count', '2', '--json']);
    expect(JSON.parse(said)).toHaveLength(2);
    const asked = model.asked.at(-1);
    expect(asked && materialOf(asked)).toMatchObject({ language: 'en', count: 2, examples: ENGLISH.slow });
  });

  it('says what is missing: an intent, a model, a Redis, an answer', async () => {
    expect(await run(['nosuch'])).toEqual({
      code: 1,
      said: expect.stringContaining('There are: move, slow.'),
    });
    expect(await run([])).toEqual({ code: 1, said: expect.stringContaining('npm run intents:suggest') });
    const none = { LLM_BASE_URL: '', LLM_API_KEY: '', LLM_MODEL: '' };
    expect(await run(['slow'], none)).toEqual({ code: 1, said: expect.stringContaining('set LLM_BASE_URL') });
    const away = { REDIS_URL: 'redis://127.0.0.1:1' };
    expect(await run(['slow'], away)).toEqual({ code: 1, said: expect.stringContaining('does not answer') });
    model.behave(says(500));
    expect(await run(['slow'])).toEqual({ code: 1, said: expect.stringContaining('Nothing was written') });
  });
});
