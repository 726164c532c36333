import { readConfig } from '../config';
import { messageOf } from '../errors';
import { type App, startApp } from '../main';

/** `npm start`: serves until it is told to end. */
export async function serve(): Promise<void> {
  const say = (text: string) => console.log(text);
  try {
    const app = await startApp(readConfig(process.env), say);
    announce(app, say);
    let isEnding = false;
    const end = () => {
      if (isEnding) return;
      isEnding = true;
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  } catch (error) {
    console.error(`\n${messageOf(error)}`);
    process.exit(1);
  }
}

function announce({ url, firstAdminLink, isDevelopment }: App, say: (text: string) => void): void {
  say(`Serving on ${url}`);
  say(`  Chat as a customer:  ${url}/chat`);
  say(`  Agents' desk:        ${url}/agent`);
  if (isDevelopment) say(`  Simulated operator:  ${url}/simulator/operator`);
  if (firstAdminLink) say(`  First admin, once:   ${firstAdminLink}`);
}
