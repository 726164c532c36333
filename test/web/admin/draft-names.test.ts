import { draftNames } from '../../../src/web/admin/state/draft-names';
import { dialogTexts } from '../../../src/web/admin/texts/dialogs';

const files = {
  'dialogs/move.yaml': `id: move
name: { zh: 移机, en: Moving }
intents: [relocate]
slots:
  where: { name: { zh: 新地址, en: new address }, entity: text }
steps:
  - id: ask
    type: ask
    slot: where
    prompt: { zh: 请问您要把宽带搬到哪里？请说小区、楼栋和门牌号，越细越好。, en: Where to? }
    next: over
    skipWhen: slots.where != null
  - id: tell
    type: say
    text: { zh: "{% if slots.where %} 已记下 {{ slots.where }} {% else %} 还没有 {% endif %}", en: "{{ slots.where }}" }
    next: over
  - { id: over, type: end }
`,
  'intents/relocate.yaml': 'id: relocate\nname: { zh: 移机, en: Moving house }\nexamples:\n  zh: []\n',
};

describe('names of what a draft holds', () => {
  const zh = draftNames(files, 'zh', dialogTexts.zh.kinds);
  const en = draftNames(files, 'en', dialogTexts.en.kinds);

  it('are in the language of the page', () => {
    expect([zh.dialog('move'), zh.intent('relocate'), zh.slot('where', 'move')]).toEqual([
      '移机',
      '移机',
      '新地址',
    ]);
    expect([en.dialog('move'), en.intent('relocate')]).toEqual(['Moving', 'Moving house']);
    expect(en.slot('where', 'move')).toBe('new address');
  });

  it('say a step by its dialog, its kind and the beginning of what it says', () => {
    expect(en.step({ dialog: 'move', step: 'ask' })).toBe('Moving · Ask Where to?');
    expect(zh.step({ dialog: 'move', step: 'ask' })).toMatch(/^移机 · 提问 请问您要把宽带搬到哪里？.*…$/);
    expect(zh.step({ dialog: 'move', step: 'tell' })).toBe('移机 · 说一句');
    expect(en.step({ dialog: 'move', step: 'tell' })).toBe('Moving · Say …');
    expect(zh.step({ dialog: 'move', step: 'over' })).toBe('移机 · 结束');
  });

  it('are the ids of what has no name or is not there, whatever they are called', () => {
    expect(zh.step({ dialog: 'move', step: 'gone' })).toBe('移机');
    expect([zh.dialog('gone'), zh.intent('constructor'), zh.slot('x', 'move'), zh.slot('x', null)]).toEqual([
      'gone',
      'constructor',
      'x',
      'x',
    ]);
  });

  it('follow the text of a file that is changed', () => {
    const changed = { 'dialogs/move.yaml': files['dialogs/move.yaml'].replace('zh: 移机', 'zh: 搬家') };
    expect(draftNames(changed, 'zh', dialogTexts.zh.kinds).dialog('move')).toBe('搬家');
  });
});
