import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { TestApp } from './app';
import { findViolations } from './axe';
import { AGENT_PASSWORD } from './desk';

const SHOTS = process.env.SCREENSHOTS;

/** An admin before the editor of content. */
export interface EditorPage {
  app: TestApp;
  context: BrowserContext;
  page: Page;
  /** What the page complained about; empty when all went well. */
  faults: string[];
  button(name: string | RegExp, on?: Page | Locator): Locator;
  sees(text: string | RegExp, on?: Page): Promise<void>;
  /** Nothing that axe finds. */
  isClean(on?: Page): Promise<void>;
  /** A picture, where `SCREENSHOTS` names a folder. */
  shoot(name: string, on?: Page): Promise<void>;
  yaml(): Locator;
  signIn(login: string, password?: string): Promise<void>;
  /** Chooses among what a menu offers; a text is looked for where the menu can. */
  pick(name: string | RegExp, option: string | RegExp, on?: Page | Locator): Promise<void>;
}

export async function openEditorPage(browser: Browser, app: TestApp): Promise<EditorPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !/401/.test(line.text())) faults.push(line.text());
  });
  const button: EditorPage['button'] = (name, on = page) =>
    on.getByRole('button', { name, exact: typeof name === 'string' });
  return {
    app,
    context,
    page,
    faults,
    button,
    sees: (text, on = page) => on.getByText(text).first().waitFor(),
    isClean: async (on = page) => expect(await findViolations(on)).toEqual([]),
    shoot: async (name, on = page) => {
      if (SHOTS) await on.screenshot({ path: join(SHOTS, `admin-${name}.png`) });
    },
    yaml: () => page.locator('.yaml .cm-content'),
    async signIn(login, password = AGENT_PASSWORD) {
      await page.goto(`${app.url}/admin?theme=light&lang=zh`);
      await page.getByLabel('邮箱或工号').fill(login);
      await page.getByLabel('密码').fill(password);
      await page.keyboard.press('Enter');
      await page.getByText('从左边选一个对话。').waitFor();
    },
    async pick(name, option, on = page) {
      const menu = on.getByRole('combobox', { name }).first();
      await menu.click();
      // A long menu draws only what is near.
      if (typeof option === 'string' && (await menu.isEditable())) await menu.fill(option);
      await page
        .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
        .getByText(option)
        .first()
        .click();
    },
  };
}
