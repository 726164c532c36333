import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Content } from '../../../src/content/content';
import type { Timer } from '../../../src/contract/conversation';
import { readDuration } from '../../../src/rehearsal/player';
import { actionsAt } from '../../../src/sla/policy/policies';
import { NO_AREAS } from '../../../src/understanding/entities/address/service-areas';
import { createRecognizer } from '../../../src/understanding/recognizer';
import { createUnderstand } from '../../../src/understanding/understand';
import { startConversation } from '../../support/conversation';
import { answerIntents, shippedModel } from '../../support/intents';
import { shippedKnowledge } from '../../support/knowledge';
import { shippedPolicies } from '../../support/policies';

const expected = {
  replies: z.array(z.string()).default([]),
  not: z.array(z.string()).default([]),
  count: z.number().optional(),
  owner: z.string().optional(),
  priority: z.string().optional(),
  breaches: z.array(z.string()).optional(),
};
const lineSchema = z.union([
  z.strictObject({ say: z.string(), ...expected }),
  z.strictObject({ wait: z.string(), ...expected }),
  z.strictObject({ registered: z.strictObject({ promise: z.string() }), ...expected }),
  z.strictObject({
    lapse: z.strictObject({ percent: z.number(), newPromise: z.string().optional() }),
    ...expected,
  }),
  z.strictObject({ agent: z.enum(['claim', 'message', 'close']), ...expected }),
]);
type Line = z.infer<typeof lineSchema>;
const scriptSchema = z.strictObject({
  name: z.string(),
  at: z.string().default('2026-11-24 10:00'),
  locale: z.enum(['zh', 'en']).default('zh'),
  staffed: z.boolean().default(true),
  lines: z.array(lineSchema).min(1),
});
type Script = z.infer<typeof scriptSchema>;

const scripts = z
  .array(scriptSchema)
  .parse(parse(readFileSync(join(__dirname, 'promises.yaml'), 'utf8')))
  .map((script): [string, Script] => [script.name, script]);
const understand = createUnderstand({
  recognizer: createRecognizer(shippedModel(), { answerIntents }),
  timeZone: 'Asia/Shanghai',
});
const content: Content = {
  version: 'shipped',
  dialogs: shippedKnowledge().dialogs,
  understand,
  findArticles: () => [],
  policyFiles: {},
  areaFacts: () => ({ province: null, settlement: null }),
  nameArea: () => null,
  areas: NO_AREAS,
};

/** The turn with its timers and no store: each line gives what was said and recorded by it. */
function play(script: Script) {
  const talk = startConversation({ pickContent: () => content });
  talk.now = Date.parse(`${script.at.replace(' ', 'T')}:00+08:00`);
  talk.isStaffed = script.staffed;
  const timers = new Map<string, Timer>();
  let promiseAt = 0;
  let breaches: string[] = [];
  const took = (said: string[]): string[] => {
    for (const id of talk.last?.cancelTimers ?? []) timers.delete(id);
    for (const timer of talk.last?.timers ?? []) timers.set(timer.id, timer);
    breaches.push(...talk.records('breach').map(({ value }) => `${value.subject}:${value.percent}`));
    return said;
  };
  const order = () => ({
    number: 'F261124ABCDEFGHJ',
    kind: 'fault',
    status: 'registered',
    promiseAt,
    summary: '断网',
    appointment: null,
    updatedAt: talk.now,
  });
  function wait(ms: number): string[] {
    const until = talk.now + ms;
    const said: string[] = [];
    for (;;) {
      const [due] = [...timers.values()]
        .filter(({ dueAt }) => dueAt <= until)
        .sort((a, b) => a.dueAt - b.dueAt);
      if (!due) break;
      timers.delete(due.id);
      said.push(...took(talk.fire(due)));
    }
    talk.now = until;
    return said;
  }
  function lapse(percent: number, newPromise: string | undefined): string[] {
    const wasDueAt = promiseAt;
    if (newPromise !== undefined) promiseAt = talk.now + readDuration(newPromise);
    const newAt = newPromise === undefined ? null : promiseAt;
    const policy = 'fault-promise';
    const actions = actionsAt(shippedPolicies, policy, percent);
    const told = { policy, clock: 'promise', percent, wasDueAt, newAt, actions };
    return took(
      talk.event('order.lapsed', { order: order(), version: 2, change: 'clock', nextAt: null, lapse: told }),
    );
  }
  function act(line: Line): string[] {
    if ('say' in line) {
      const activity = {
        type: 'message' as const,
        text: line.say,
        locale: script.locale,
        from: { id: 'dl_c' },
      };
      return took(talk.run(activity));
    }
    if ('wait' in line) return wait(readDuration(line.wait));
    if ('lapse' in line) return lapse(line.lapse.percent, line.lapse.newPromise);
    if ('agent' in line) return took(talk.agent(line.agent, { note: '', text: '您好' }));
    promiseAt = talk.now + readDuration(line.registered.promise);
    const event = { order: order(), version: 1, change: 'status', nextAt: null };
    return took(talk.event('order.registered', event));
  }
  return script.lines.map((line) => {
    breaches = [];
    const said = act(line);
    return { line, said, breaches, ownership: talk.state.ownership };
  });
}

describe('promises', () => {
  it.each(scripts)('%s', (_name, script) => {
    for (const { line, said, breaches, ownership } of play(script)) {
      const all = said.join('\n');
      for (const piece of line.replies) expect(all).toContain(piece);
      for (const piece of line.not) expect(all).not.toContain(piece);
      if (line.count !== undefined) expect(said).toHaveLength(line.count);
      if (line.owner !== undefined) expect(ownership.owner).toBe(line.owner);
      if (line.priority !== undefined) expect(ownership.priority).toBe(line.priority);
      if (line.breaches !== undefined) expect(breaches).toEqual(line.breaches);
    }
  });
});
