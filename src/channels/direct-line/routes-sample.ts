import type { Logger } from 'pino';
import type { Server } from 'restify';
import { z } from 'zod';
import { parseBody } from '../../http/parse-body';
import { readJson } from '../../http/read-body';
import { sendJson } from '../../http/send';
import { route } from '../../http/server';

/** Customers who can sign in to the sample app; the simulated operator knows their phones. */
const requestSchema = z.strictObject({ phone: z.string().regex(/^1\d{10}$/) });

/**
 * Development only: plays the operator's app server. A real one checks that its customer is signed in; like this one it
 * then asks for a token with the app's secret, which never reaches the phone.
 */
export function registerSampleApp(
  server: Server,
  deps: { ownUrl: () => string; secret: string; fetch: typeof fetch; log: Logger },
): void {
  server.post(
    '/samples/app/token',
    route(deps.log, async (request, response) => {
      const { phone } = parseBody(requestSchema, await readJson(request, 1024));
      const answer = await deps.fetch(`${deps.ownUrl()}/v3/directline/tokens/generate`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${deps.secret}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          user: { id: `sample-${phone}` },
          customer: { phone, accounts: [] },
          resume: true,
        }),
      });
      const { token } = z.object({ token: z.string() }).parse(await answer.json());
      sendJson(response, 200, { token });
    }),
  );
}
