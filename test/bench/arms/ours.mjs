/** (a) This project as `npm start` runs it: Direct Line with authentication, understanding, dialogs, durable commit. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serveArm } from './serve.mjs';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
const { startApp } = require(join(root, 'dist/main.js'));
const { readConfig } = require(join(root, 'dist/config.js'));

const secret = 'bench-secret-of-the-web-channel';
const config = readConfig({
  ...process.env,
  PORT: '0',
  LOG_LEVEL: 'silent',
  USER_RATE_PER_MINUTE: '0',
  OPERATOR_LINE_TEST_MS: '0',
  DIRECT_LINE_WEB_SECRET: secret,
});
const app = await startApp(config, () => undefined);
serveArm(Number(new URL(app.url).port), { secret }, async () => {
  await app.close();
  process.exit(0);
});
