import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activitySchema } from '../../src/contract/activity';
import { recordSchema, STATE_SCHEMA } from '../../src/contract/conversation';
import {
  storedEntry,
  type Upcasts,
  upcastActivity,
  upcastCommand,
  upcastEntry,
  upcastFact,
  upcastState,
  upcastTo,
} from '../../src/turns/upcast';

/** What a released version has stored: never changed, only added to. */
const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8');
const versions = Array.from({ length: STATE_SCHEMA }, (_, i) => i + 1);

describe.each(versions)('what schema %i has stored', (version) => {
  it('is read as a state: a fault report in the queue, its line test under way', () => {
    expect(upcastState(fixture(`state-${version}`))).toMatchObject({
      schema: STATE_SCHEMA,
      ownership: { owner: 'queued', epoch: 1 },
      dialog: { frames: [{ dialog: 'fault-report', waiting: { operation: 'operator.line-test' } }] },
      orders: [{ kind: 'fault' }],
    });
  });

  it('is read as an entry', () => {
    expect(upcastEntry(JSON.parse(fixture(`entry-${version}`)))).toMatchObject({
      channel: 'app',
      activity: { type: 'message', text: '还是没好，转人工' },
      customer: { phone: '13800138000' },
    });
  });

  it('is read as a command', () => {
    expect(upcastCommand(fixture(`command-${version}`))).toMatchObject({
      schema: STATE_SCHEMA,
      operation: 'operator.line-test',
      replyTo: { frameId: 'f1', callId: 'c4' },
    });
  });

  it('is read as a line of the log and as a fact, whose version stands beside them', () => {
    const line = activitySchema.parse(upcastActivity(fixture(`activity-${version}`), String(version)));
    expect(line).toEqual(JSON.parse(fixture(`activity-${version}`)));
    const fact = recordSchema.parse(upcastFact(fixture(`fact-${version}`), String(version)));
    expect(fact).toMatchObject({ type: 'ownership', value: { to: 'queued' } });
  });
});

describe('stored things of the first version', () => {
  it('did not say their version', () => {
    const { schema: _unsaid, ...entry } = JSON.parse(fixture('entry-1'));
    expect(upcastEntry(entry)).toEqual(upcastEntry(JSON.parse(fixture('entry-1'))));
    expect(upcastFact(fixture('fact-1'), undefined)).toEqual(JSON.parse(fixture('fact-1')));
  });

  it('say it from now on', () => {
    const entry = upcastEntry(JSON.parse(fixture('entry-1')));
    expect(storedEntry(entry)).toEqual({ ...entry, schema: STATE_SCHEMA });
  });
});

describe('a chain of upcasts', () => {
  const chain: Upcasts = {
    1: ({ name, ...rest }) => ({ ...rest, names: [name] }),
    2: ({ names, ...rest }) => ({ ...rest, people: (names as string[]).map((name) => ({ name })) }),
    3: (stored) => ({ ...stored, count: (stored.people as unknown[]).length }),
  };

  it('is applied step by step from whatever version was stored', () => {
    const done = { schema: 4, people: [{ name: 'a' }], count: 1 };
    expect(upcastTo({ schema: 1, name: 'a' }, 4, chain)).toEqual(done);
    expect(upcastTo({ schema: 2, names: ['a'] }, 4, chain)).toEqual(done);
    expect(upcastTo({ schema: 3, people: [{ name: 'a' }] }, 4, chain)).toEqual(done);
    expect(upcastTo({ ...done }, 4, chain)).toEqual(done);
  });

  it('leaves what a newer version wrote to nodes of that version', () => {
    expect(() => upcastTo({ schema: 5 }, 4, chain)).toThrow(
      expect.objectContaining({ code: 'unavailable', message: expect.stringMatching(/update this node/) }),
    );
    const newer = { schema: STATE_SCHEMA + 1 };
    expect(() => upcastState(JSON.stringify(newer))).toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
    expect(() => upcastEntry(newer)).toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect(() => upcastCommand(JSON.stringify(newer))).toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
    expect(() => upcastFact('{}', String(STATE_SCHEMA + 1))).toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
  });

  it.each(['x', -1, null, 1.5])('never takes the version %p for one that will come', (schema) => {
    const read = () => upcastTo({ schema: schema ?? Number.NaN }, 4, chain);
    expect(read).toThrow(expect.objectContaining({ code: 'bad-content' }));
  });
});
