import { rmSync } from 'node:fs';
import type { z } from 'zod';
import { type ContentCall, contentApi } from '../../src/contract/content-api';
import { draftSchema } from '../../src/contract/content-editing';
import { callJson, signInFirstAdmin, startTestApp, type TestApp } from '../support/app';
import { lesserContent } from '../support/lesser-content';
import { until } from '../support/turns';

const PRAISE = 'dialogs/praise.yaml';
const CONVERSATIONS = '- name: praise\n  lines:\n    - say: 师傅很好给个赞\n      intent: praise\n';

/** The server holds to docs/openapi/content.yaml, which is written from the same contract. */
describe('the API of content', () => {
  let app: TestApp;
  let content: string;
  let cookie: string;
  beforeAll(async () => {
    content = lesserContent({ every: 4, conversations: CONVERSATIONS });
    app = await startTestApp({ CONTENT_DIR: content });
    cookie = await signInFirstAdmin(app);
  }, 120_000);
  afterAll(async () => {
    await app.stop();
    rmSync(content, { recursive: true, force: true });
  });

  const send = (method: string, path: string, body?: unknown, who = cookie) =>
    callJson(method.toUpperCase(), `${app.url}/admin/content${path}`, { cookie: who, body });
  function described(method: ContentCall['method'], path: string): ContentCall {
    const call = contentApi.find((each) => each.method === method && each.path === path);
    if (!call) throw new Error(`${method} ${path} is not described`);
    return call;
  }
  /** An answer that fits its description and has nothing that the description leaves out. */
  async function answers(call: ContentCall, path: string, body?: unknown): Promise<z.infer<z.ZodType>> {
    const { status, body: found } = await send(call.method, path, body);
    expect([call.path, status]).toEqual([call.path, call.status]);
    expect(call.answer.parse(found)).toEqual(found);
    return found;
  }

  it('answers each question as it is described', async () => {
    const [{ id }] = (await send('get', '/versions')).body.versions as { id: string }[] as [{ id: string }];
    const ids: Record<string, string> = {
      '/versions/{id}': `/versions/${id}`,
      '/ways/{dialog}': '/ways/praise',
    };
    const asked = contentApi.filter(({ method, path }) => method === 'get' && path !== '/drafts/{id}');
    for (const call of asked) await answers(call, ids[call.path] ?? call.path);
    await answers(described('get', '/versions/{id}'), `/versions/${id}?diff=${id}`);
    await answers(described('get', '/sessions'), '/sessions?draft=1');
  });

  it('takes what is described, and answers so', async () => {
    const draft = draftSchema.parse(await answers(described('get', '/draft'), '/draft'));
    const text = `${draft.files[PRAISE]}# more\n`;
    const saving = { revision: draft.revision, changes: { [PRAISE]: text } };
    await answers(described('put', '/draft'), '/draft', saving);
    const late = await send('put', '/draft', saving);
    expect(late.status).toBe(409);
    expect(described('put', '/draft').refusals?.[409]?.parse(late.body)).toEqual(late.body);
    const { drafts } = (await send('get', '/drafts')).body as {
      drafts: { accountId: string; revision: number }[];
    };
    const [own] = drafts;
    await answers(described('get', '/drafts/{id}'), `/drafts/${own?.accountId}`);
    const publishing = { revision: own?.revision, message: 'more' };
    const blocked = await send('post', '/publish', publishing);
    expect(blocked.status).toBe(422);
    expect(described('post', '/publish').refusals?.[422]?.parse(blocked.body)).toEqual(blocked.body);
    await answers(described('post', '/trial'), '/trial', { revision: own?.revision });
    const trial = described('get', '/trial');
    await until(async () => {
      const { trial: found } = (await answers(trial, '/trial')) as { trial: { state: string } };
      return found.state === 'done';
    }, 60_000);
    const month = { calendar: 'office-hours', month: '2026-10' };
    await answers(described('post', '/promises/month'), '/promises/month', month);
    const matter = { subject: 'work-order', startAt: '2026-11-24T10:00', kind: 'fault' };
    await answers(described('post', '/promises/deadline'), '/promises/deadline', matter);
    await answers(described('delete', '/draft'), '/draft');
    const token = { name: 'ci', days: 1 };
    const made = (await answers(described('post', '/tokens'), '/tokens', token)) as { id: string };
    await answers(described('delete', '/tokens/{id}'), `/tokens/${made.id}`);
  }, 90_000);

  it('refuses what is not described, and whoever may not', async () => {
    for (const { method, path, request } of contentApi) {
      const address = path.replace(/\{\w+\}/g, 'nothing');
      expect([
        method,
        path,
        (await send(method, address, request ? {} : undefined, 'none=1')).status,
      ]).toEqual([method, path, 401]);
      if (!request || path.includes('{')) continue;
      const strange = await send(method, address, { strange: true });
      expect([method, path, strange.status]).toEqual([method, path, 400]);
    }
  });
});
