import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDeadLetters } from '../../src/launch/run-dead-letters';
import { writeRunFile } from '../../src/launch/run-file';
import type { TurnFunction } from '../../src/turns/engine';
import { type RedisServer, startRedisServer } from '../support/redis-server';
import {
  countingTurn,
  messageEntry,
  readCounting,
  startTestNode,
  type TestNode,
  until,
} from '../support/turns';

describe('npm run dead-letters', () => {
  let redis: RedisServer;
  let node: TestNode;
  let dataDir: string;
  let removeRunFile: () => void;
  let isMended = false;

  /** Fails on every word until it is mended, and its error quotes the customer. */
  const turn: TurnFunction = {
    ...countingTurn,
    run: (input) => {
      const { text, name } = input.entry.activity;
      if (!isMended && name === undefined) throw new Error(`cannot work off "${text}"`);
      return countingTurn.run(input);
    },
  };

  beforeAll(async () => {
    redis = await startRedisServer();
    dataDir = mkdtempSync(join(tmpdir(), 'dead letters '));
    removeRunFile = writeRunFile(dataDir, {
      url: 'http://unused',
      databaseUrl: 'unused',
      redisUrl: redis.url,
    });
  });
  beforeEach(async () => {
    isMended = false;
    node = await startTestNode(redis.url, { turn });
  });
  afterEach(() => node.stop());
  afterAll(async () => {
    await redis.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const run = async (...args: string[]) => {
    const said: string[] = [];
    const code = await runDeadLetters(args, { DATA_DIR: dataDir }, (text) => said.push(text));
    return { code, text: said.join('\n') };
  };
  const seenIn = async (id: string) => readCounting(await node.store.readState(id)).seen;
  const failIn = async (id: string, text: string) => {
    await node.engine.accept(id, messageEntry(id, 'a', text), { isLogged: true });
    await until(async () => (await seenIn(id)).length === 1);
    return `${id}|${messageEntry(id, 'a', '').turnId}`;
  };

  it('lists which, when, what and why, and the words only when asked', async () => {
    const letter = await failIn('c-list', '我的宽带断了\u001b[2J');
    const { code, text } = await run('list');
    expect(code).toBe(0);
    expect(text).toMatch(/^c-list\|[0-9a-f]{32} {2}\d{4}-\d\d-\d\dT\S+ {2}message {2}cannot work off "…"$/);
    expect((await run('list', '--text')).text).toContain('我的宽带断了\\u001b[2J');
    isMended = true;
    await run('retry', letter);
    await until(async () => (await seenIn('c-list')).length === 2);
  });

  it('puts one back to work under a new key, and takes it away once', async () => {
    const letter = await failIn('c-retry', 'hello');
    isMended = true;
    await expect(run('retry', letter)).resolves.toEqual({ code: 0, text: `${letter}: put back to work.` });
    await until(async () => (await seenIn('c-retry')).length === 2);
    expect((await node.store.readLog('c-retry', 0, 10)).map(({ activity }) => activity.text)).toEqual([
      'hello',
      're: sorry',
      're: hello',
    ]);
    await expect(run('list')).resolves.toEqual({ code: 0, text: 'There are no dead letters.' });
    await expect(run('retry', letter)).resolves.toEqual({
      code: 1,
      text: `There is no dead letter ${letter}.`,
    });
  });

  it('puts all back, and one that fails again is a dead letter again', async () => {
    for (const id of ['c-all-1', 'c-all-2']) await failIn(id, 'again');
    expect((await run('retry', '--all')).text.split('\n')).toHaveLength(2);
    await until(async () => (await seenIn('c-all-1')).length === 2 && (await seenIn('c-all-2')).length === 2);
    expect((await run('list')).text.split('\n')).toHaveLength(2);
    isMended = true;
    await run('retry', '--all');
    await until(async () => (await seenIn('c-all-1')).length === 3 && (await seenIn('c-all-2')).length === 3);
    expect((await run('list')).text).toBe('There are no dead letters.');
  });

  it.each([[[]], [['bury']], [['retry']], [['list', '--loud']], [['retry', 'a|b', '--all']]])(
    'explains itself when told %j',
    async (args) => {
      const { code, text } = await run(...args);
      expect([code, text]).toEqual([1, expect.stringContaining('npm run dead-letters -- list')]);
    },
  );

  it('says what to do when there is no Redis to ask', async () => {
    const env = { DATA_DIR: dataDir, REDIS_URL: 'redis://127.0.0.1:1' };
    const said: string[] = [];
    await expect(runDeadLetters(['list'], env, (text) => said.push(text))).resolves.toBe(1);
    expect(said).toEqual([
      'Redis does not answer: run npm start first, or mend REDIS_URL. Nothing was changed.',
    ]);
    removeRunFile();
    await expect(run('list')).resolves.toMatchObject({
      code: 1,
      text: expect.stringMatching(/run npm start first, or set REDIS_URL/),
    });
  });
});
