import fc from 'fast-check';
import {
  mergeParts,
  type Part,
  partsOf,
  passiveXml,
  sendBody,
  TEXT_LIMIT,
  textOf,
} from '../../../src/channels/wechat/reply-parts';
import { splitText } from '../../../src/channels/wechat/split-text';
import { readXml } from '../../../src/channels/wechat/xml';
import type { Activity } from '../../../src/contract/activity';

const reply = (changes: Partial<Activity>): Activity => ({
  type: 'message',
  from: { id: 'bot' },
  ...changes,
});
const actions = (...titles: string[]) => ({
  actions: titles.map((title) => ({ type: 'imBack' as const, title, value: title })),
});

describe('long texts', () => {
  it('are cut at the ends of sentences', () => {
    expect(splitText('一二三四。五六七八。九十', 30)).toEqual(['一二三四。五六七八。', '九十']);
    expect(splitText('One two three. Four five six. Seven', 19)).toEqual([
      'One two three.',
      'Four five six.',
      'Seven',
    ]);
    expect(splitText('第一段。\n第二段', 15)).toEqual(['第一段。', '第二段']);
  });

  it('stay within the limit, lose no word and cut no character, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 40, max: 200 }),
        (text, bytes) => {
          const pieces = splitText(text, bytes);
          expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
          for (const piece of pieces) {
            expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(bytes);
            expect(Buffer.from(piece).toString()).toBe(piece);
          }
        },
      ),
    );
  });

  it('keep their choices on the last part, within the limit', () => {
    const parts = partsOf(
      reply({ text: '您说的这段话很长。'.repeat(300), suggestedActions: actions('可以', '换一个') }),
    );
    expect(parts.length).toBeGreaterThan(3);
    const texts = parts.filter((part): part is Extract<Part, { type: 'text' }> => part.type === 'text');
    for (const part of texts) expect(Buffer.byteLength(textOf(part))).toBeLessThanOrEqual(TEXT_LIMIT);
    expect(texts.map(({ options }) => options.length)).toEqual([...Array(parts.length - 1).fill(0), 2]);
  });
});

describe('what a reply becomes', () => {
  it('is an article for a card with a page behind it, and words for any other card', () => {
    const card = (buttons: unknown[]) =>
      reply({
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.hero',
            content: { title: '光猫', text: '换新', images: [{ url: 'https://x.example/a.png' }], buttons },
          },
        ],
      });
    const page = { type: 'openUrl', title: '看看', value: 'https://x.example/' };
    expect(partsOf(card([page]))).toEqual([
      {
        type: 'news',
        title: '光猫',
        description: '换新',
        url: 'https://x.example/',
        picture: 'https://x.example/a.png',
      },
    ]);
    expect(partsOf(card([{ type: 'imBack', title: '要', value: '要' }]))).toEqual([
      { type: 'text', text: '光猫\n换新', options: ['要'] },
    ]);
    expect(partsOf(card([{ ...page, value: 'javascript:alert(1)' }]))).toMatchObject([{ type: 'text' }]);
  });

  it('is a picture for a picture of ours, and an address for one elsewhere', () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: 'file:abc.png' },
      { contentType: 'application/pdf', contentUrl: 'https://x.example/bill.pdf', name: '账单' },
    ];
    expect(partsOf(reply({ text: '请看', attachments }))).toEqual([
      { type: 'text', text: '请看', options: [] },
      { type: 'image', file: 'abc.png' },
      { type: 'text', text: '账单\nhttps://x.example/bill.pdf', options: [] },
    ]);
  });

  it('is nothing for a reply that shows nothing', () => {
    expect(partsOf(reply({ text: ' ' }))).toEqual([]);
  });
});

describe('a message on the wire', () => {
  const address = { openId: 'o1', accountId: 'gh', now: 1_790_000_000_999 };
  const choice: Part = { type: 'text', text: '哪天？', options: ['今天', '明天'] };

  it('has its time in seconds, and choices as numbers when it is passive', () => {
    const fields = readXml(passiveXml(choice, address) ?? '');
    expect(fields).toEqual({
      ToUserName: 'o1',
      FromUserName: 'gh',
      CreateTime: '1790000000',
      MsgType: 'text',
      Content: '哪天？\n1. 今天\n2. 明天',
    });
    expect(passiveXml({ type: 'image', file: 'a.png' }, address)).toBeNull();
  });

  it('has a menu where one can be shown', () => {
    const body = (canShowMenu: boolean) => sendBody(choice, { openId: 'o1', canShowMenu, mediaId: null });
    expect(body(true)).toMatchObject({
      touser: 'o1',
      msgtype: 'msgmenu',
      msgmenu: {
        head_content: '哪天？',
        list: [
          { id: '1', content: '今天' },
          { id: '2', content: '明天' },
        ],
      },
    });
    expect(body(false)).toEqual({ touser: 'o1', msgtype: 'text', text: { content: textOf(choice) } });
  });

  it('is merged with the next only when both are text and fit', () => {
    const text = (words: string): Part => ({ type: 'text', text: words, options: [] });
    expect(mergeParts(choice, text('b'))).toEqual(text(`${textOf(choice)}\n\nb`));
    expect(mergeParts(text('a'), choice)).toMatchObject({ options: ['今天', '明天'] });
    expect(mergeParts(text('a'.repeat(2047)), text('b'))).toBeNull();
    expect(mergeParts(text('a'), { type: 'image', file: 'x.png' })).toBeNull();
  });
});
