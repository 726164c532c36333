import type { Content } from '../../../../src/content/content';
import type { SessionMove } from '../../../../src/content/serving/serving-state';
import { loadDialogs } from '../../../../src/dialogs/load';
import { patternNames } from '../../../../src/dialogs/pattern-names';
import { smallContent, startConversation } from '../../../support/conversation';

const patterns = patternNames
  .map((name) => `${name}: { zh: "${name} {{ dialog }} {{ isKept }}", en: ${name} }`)
  .join('\n');

const report = (changed: { step?: string; slot?: string; entity?: string } = {}) => {
  const { step = 'where', slot = 'place', entity = 'text' } = changed;
  return `
id: report
name: { zh: 报障, en: report }
intents: [fault]
slots:
  what: { name: { zh: 什么, en: what }, entity: text, isShared: true }
  ${slot}: { name: { zh: 哪里, en: where }, entity: ${entity} }
  order: { name: { zh: 单, en: order } }
steps:
  - { id: which, type: ask, slot: what, prompt: { zh: 什么坏了？, en: What? }, next: ${step} }
  - { id: ${step}, type: ask, slot: ${slot}, prompt: { zh: 新在哪里？, en: Where? }, next: create }
  - { id: create, type: work-order, kind: fault, summary: { zh: s, en: s }, timeoutMs: 30000, saveAs: order, next: over, onTimeout: over, onError: over }
  - { id: over, type: end, text: { zh: 说完了, en: Done } }
`;
};

/** The words "坏了" mean a fault, "算了" that it is dropped; anything else is an answer. */
function contentOf(version: string, files: Record<string, string>): Content {
  const { set, problems } = loadDialogs({
    files: { 'patterns.yaml': patterns, ...files },
    intentNames: new Map([['fault', { zh: '故障', en: 'fault' }]]),
  });
  if (!set) throw new Error(JSON.stringify(problems));
  return { ...smallContent(version), dialogs: set };
}

const NEXT = contentOf('v2', { 'report.yaml': report() });
const OLD = contentOf('v1', { 'report.yaml': report() });
const migrateTo = (map: Record<string, string> = {}): SessionMove => ({ kind: 'migrate', to: 'v2', map });
const RESTART: SessionMove = { kind: 'restart', to: 'v2', map: {} };
const STOP: SessionMove = { ...RESTART, isStop: true };

/** A customer at the second question, whose version is then left. */
function begun(next: Content, move: () => SessionMove | null) {
  let isPublished = false;
  const talk = startConversation({
    pickContent: (version) => ((version ?? (isPublished ? 'v2' : 'v1')) === 'v2' ? next : OLD),
    moveOf: (version) => (isPublished && version === 'v1' ? move() : null),
  });
  talk.say('坏了');
  talk.say('光猫');
  return Object.assign(talk, {
    publish: () => {
      isPublished = true;
    },
    place: () => talk.state.dialog?.frames.map(({ dialog, step }) => `${dialog}/${step}`),
    version: () => talk.state.session?.contentVersion,
  });
}
const begunAndPublished = (next: Content, move: SessionMove | null) => {
  const talk = begun(next, () => move);
  talk.publish();
  return talk;
};

describe('a session whose version is replaced', () => {
  it('ends as it began when nothing else is chosen', () => {
    const talk = begunAndPublished(contentOf('v2', { 'report.yaml': report() }), null);
    talk.say('客厅');
    expect([talk.version(), talk.place()]).toEqual(['v1', ['report/create']]);
  });

  it('goes on at the same question of the other version, with what is known, and says nothing of it', () => {
    const talk = begunAndPublished(contentOf('v2', { 'report.yaml': report() }), migrateTo());
    expect(talk.say('客厅')).toEqual([]);
    expect([talk.version(), talk.place()]).toEqual(['v2', ['report/create']]);
    expect(talk.state.dialog?.frames[0]?.slots).toMatchObject({ what: '光猫', place: '客厅' });
    expect(talk.records('session')).toMatchObject([{ value: { event: 'changed-version', before: 'v1' } }]);
  });

  it('follows the map to a step of another name', () => {
    const next = contentOf('v2', { 'report.yaml': report({ step: 'room' }) });
    const talk = begunAndPublished(next, migrateTo({ 'report/where': 'report/room' }));
    talk.say('客厅');
    expect([talk.version(), talk.place()]).toEqual(['v2', ['report/create']]);
  });

  it.each([
    ['the step is gone', report({ step: 'room' })],
    ['the question is another', report({ slot: 'floor' })],
    ['a value is of another kind', report({ entity: 'phone' })],
  ])('begins anew with what is shared where %s', (_why, file) => {
    const talk = begunAndPublished(contentOf('v2', { 'report.yaml': file }), migrateTo());
    expect(talk.say('客厅')).toEqual(['process-renewed 报障 true', '新在哪里？']);
    expect(talk.version()).toBe('v2');
    expect(talk.state.dialog?.frames).toMatchObject([{ dialog: 'report', slots: { what: '光猫' } }]);
  });

  it('begins anew when that is chosen, once', () => {
    const talk = begunAndPublished(contentOf('v2', { 'report.yaml': report() }), RESTART);
    expect(talk.say('客厅')).toEqual(['process-renewed 报障 true', '新在哪里？']);
    expect(talk.say('客厅')).toEqual([]);
    expect(talk.place()).toEqual(['report/create']);
  });

  it('still hears a wish to stop or for a human first, and danger before all', () => {
    for (const [words, reply] of [
      ['算了', /^cancelled/],
      ['人工', /^handing-over/],
      ['触电', /^danger-physical/],
    ] as const) {
      const talk = begunAndPublished(contentOf('v2', { 'report.yaml': report() }), RESTART);
      expect(talk.say(words)[0]).toMatch(reply);
      expect(talk.version()).toBe('v1');
    }
  });

  it('waits for an order that is being registered, and then goes over', () => {
    for (const move of [RESTART, migrateTo()]) {
      const talk = begun(contentOf('v2', { 'report.yaml': report() }), () => move);
      talk.say('客厅');
      const { frameId, callId, operation } = talk.openCall();
      talk.publish();
      talk.say('好了吗');
      expect(talk.version()).toBe('v1');
      const outcome = { type: 'error', code: 'unavailable' };
      expect(talk.event('call.result', { frameId, callId, operation, outcome })).toEqual(['说完了']);
      talk.say('坏了');
      expect(talk.version()).toBe('v2');
    }
  });

  it('is handed to a human when the dialog is no more', () => {
    const other = report().replaceAll('report', 'other');
    const talk = begunAndPublished(contentOf('v2', { 'other.yaml': other }), RESTART);
    expect(talk.say('客厅')[0]).toBe('process-gone 报障');
    expect(talk.state.ownership).toMatchObject({ owner: 'queued', reason: 'content-changed' });
    expect(talk.place()).toEqual([]);
  });

  it('goes over in silence when nothing is open', () => {
    let isPublished = false;
    const talk = startConversation({
      pickContent: (version) => (version === 'v2' ? NEXT : OLD),
      moveOf: () => (isPublished ? RESTART : null),
    });
    talk.say('谢谢');
    isPublished = true;
    expect(talk.say('谢谢').join()).not.toContain('process');
    expect(talk.state.session?.contentVersion).toBe('v2');
  });
});

describe('a version that is stopped', () => {
  const next = NEXT;

  it('says nothing more, not even of an outcome; an order that may be there is left to a human', () => {
    const talk = begun(next, () => STOP);
    talk.say('客厅');
    const { frameId, callId, operation } = talk.openCall();
    talk.publish();
    const outcome = { type: 'error', code: 'unavailable' };
    const said = talk.event('call.result', { frameId, callId, operation, outcome });
    expect(said[0]).toBe('process-gone 报障');
    expect(said).not.toContain('说完了');
    expect([talk.version(), talk.place()]).toEqual(['v2', []]);
    expect(talk.state.ownership.owner).toBe('queued');
    expect(talk.records('late-result')).toHaveLength(1);
  });

  it('is not reminded of by silence, nor taken up after a human', () => {
    const silent = begunAndPublished(next, STOP);
    expect(silent.event('timer.due', { subject: 'silence' })).toEqual([
      'process-renewed 报障 true',
      '新在哪里？',
    ]);
    const back = begun(next, () => STOP);
    back.say('人工');
    back.agent('claim', { epoch: back.state.ownership.epoch });
    back.publish();
    const said = back.agent('release', { epoch: back.state.ownership.epoch, resumeAt: 'where' });
    expect(said.slice(1)).toEqual(['process-renewed 报障 true', '新在哪里？']);
    expect(back.version()).toBe('v2');
  });
});
