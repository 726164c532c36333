import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';

/** What a page has called its user by: how many tones, and the words of notifications. */
const alertsSchema = z.object({ tones: z.number(), notes: z.array(z.string()) });
export type Alerts = z.infer<typeof alertsSchema>;

/** Runs in the page, before its own scripts: a browser without a screen plays nothing and shows nothing. */
const LISTEN = `
  const alerts = (window.alerts = { tones: 0, notes: [], isAway: false });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    alerts.tones += 1;
    start.call(this, when);
  };
  window.Notification = class {
    static requestPermission = async () => 'granted';
    constructor(title, { body = '' } = {}) {
      alerts.notes.push(title + ': ' + body);
    }
  };
  Object.defineProperty(document, 'visibilityState', { get: () => (alerts.isAway ? 'hidden' : 'visible') });
`;

/** Lets the pages of a context be heard. */
export const hearAlerts = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({ content: LISTEN });

export const alertsOf = async (page: Page): Promise<Alerts> =>
  alertsSchema.parse(await page.evaluate('window.alerts'));

/** As if the user looked at another tab, or came back. */
export const lookAway = (page: Page, isAway: boolean): Promise<unknown> =>
  page.evaluate(`window.alerts.isAway = ${isAway}`);
