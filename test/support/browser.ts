import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** The lighter of Debian's two browsers where both are there. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Debian's Chromium, without the services that a closed network would refuse. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path)) ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** A customer before the chat page. */
export interface ChatPage {
  page: Page;
  type(text: string): Promise<void>;
  tap(reply: string): Promise<void>;
  /** Waits until the last line of the bot or an agent fits. */
  hear(line: RegExp, timeoutMs?: number): Promise<void>;
  /** Every bubble, oldest first. */
  bubbles(): Promise<string[]>;
}

/** `query` as in `?size=large`. */
export async function openChatPage(context: BrowserContext, url: string, query = ''): Promise<ChatPage> {
  const page = await context.newPage();
  await page.goto(`${url}/chat${query}`);
  await page.getByText(/^(在线|Online)$/).waitFor();
  return {
    page,
    type: async (text) => {
      await page.locator('#text').fill(text);
      await page.locator('#send').click();
    },
    tap: (reply) => page.locator('#replies').getByRole('button', { name: reply }).click(),
    hear: (line, timeout = 20_000) =>
      page.locator('.message:not(.own)').last().filter({ hasText: line }).waitFor({ timeout }),
    bubbles: () => page.locator('.bubble').allInnerTexts(),
  };
}
