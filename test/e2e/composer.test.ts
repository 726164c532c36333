import type { Browser, BrowserContext } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { type ChatPage, DESKTOP, launchBrowser, openChatPage } from '../support/browser';

/** A browser that hears: what is said is put in from outside. */
const hearing = () => {
  class Recognition {
    lang = '';
    continuous = true;
    onresult: ((event: unknown) => void) | null = null;
    onend: (() => void) | null = null;
    onerror: (() => void) | null = null;
    start() {
      Object.assign(globalThis, { recognition: this });
    }
    stop() {
      this.onend?.();
    }
  }
  Object.assign(globalThis, { SpeechRecognition: Recognition, webkitSpeechRecognition: Recognition });
};

/** A browser without the Web Speech API. */
const deaf = () => {
  for (const name of ['SpeechRecognition', 'webkitSpeechRecognition'])
    Reflect.deleteProperty(globalThis, name);
};

describe('what customers write with', () => {
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let chat: ChatPage;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  afterEach(() => context.close());

  async function open(prepare: () => void): Promise<void> {
    context = await browser.newContext({ ...DESKTOP, locale: 'zh-CN' });
    await context.addInitScript(prepare);
    chat = await openChatPage(context, app.url);
    await chat.hear(/您好/);
  }
  const hear = (words: string) =>
    chat.page.evaluate((transcript) => {
      const { recognition } = globalThis as unknown as {
        recognition: { lang: string; onresult: (event: unknown) => void; onend: () => void };
      };
      recognition.onresult({ resultIndex: 0, results: [[{ transcript }]] });
      recognition.onend();
      return recognition.lang;
    }, words);
  const field = () => chat.page.locator('#text');

  it('is spoken into the field, to be checked before it is sent', async () => {
    await open(hearing);
    const microphone = chat.page.getByRole('button', { name: /语音|说话/ });
    await microphone.click();
    expect(await microphone.getAttribute('aria-pressed')).toBe('true');
    expect(await hear('家里宽带断网了')).toBe('zh-CN');
    expect(await field().inputValue()).toBe('家里宽带断网了');
    expect(await microphone.getAttribute('aria-pressed')).toBe('false');
    expect(await chat.page.locator('.message.own').count()).toBe(0);
    await chat.page.locator('#send').click();
    await chat.hear(/小区|路名/);
    expect(await chat.page.locator('.message.own .bubble').allInnerTexts()).toEqual(['家里宽带断网了']);
  }, 60_000);

  it('has no microphone where the browser cannot hear', async () => {
    await open(deaf);
    expect(await chat.page.getByRole('button', { name: /语音|说话/ }).count()).toBe(0);
  }, 60_000);

  it('takes an emoji', async () => {
    await open(deaf);
    await field().fill('谢谢');
    await chat.page.getByRole('button', { name: '表情' }).click();
    await chat.page.getByRole('button', { name: '👍' }).click();
    expect(await field().inputValue()).toBe('谢谢👍');
    expect(await chat.page.getByRole('button', { name: '👍' }).count()).toBe(0);
  }, 60_000);

  it('is done by the keyboard alone: a report, a line break, an answer', async () => {
    await open(deaf);
    await field().focus();
    await chat.page.keyboard.type('家里宽带断网了');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.type('光猫红灯闪，鼓楼区中山路18号3栋2单元501');
    await chat.page.keyboard.press('Enter');
    await chat.hear(/光纤/);
    expect(await chat.page.locator('.message.own').count()).toBe(1);
    // Backwards from the field to the first answer that is offered.
    const focused = chat.page.locator('#replies :focus');
    for (let n = 0; n < 12 && (await focused.count()) === 0; n += 1)
      await chat.page.keyboard.press('Shift+Tab');
    const answer = await focused.textContent();
    expect(answer).not.toBe('');
    await chat.page.keyboard.press('Enter');
    await chat.page.locator('.message.own').nth(1).waitFor();
    expect(await chat.page.locator('.message.own .bubble').last().textContent()).toBe(answer);
  }, 60_000);
});
