import { join } from 'node:path';
import { registerSamplePushes } from './channels/app-push/routes-sample';
import { registerSampleApp } from './channels/direct-line/routes-sample';
import { registerWechatSimulator, SIMULATOR_API } from './channels/wechat/routes-simulator';
import { createSimulatedAccount } from './channels/wechat/simulator/development';
import { createEdge, type Edge, startChannels } from './compose/channels';
import { type Engine, startEngine } from './compose/engine';
import { type Base, createBase, openFoundation } from './compose/foundation';
import { registerOperatorCallbacks } from './compose/operator-callbacks';
import { registerSimulatedOperator } from './compose/simulated-operator';
import { registerSimulatedWecom } from './compose/simulated-wecom';
import { registerStaff } from './compose/staff';
import type { Config } from './config';
import { registerFiles } from './http/files';
import { answers, registerHealth } from './http/health';
import { createOriginCheck } from './http/origins';
import { registerPages, registerRedirect, registerScript } from './http/pages';
import { createHttpServer, listen } from './http/server';
import { writeRunFile } from './launch/run-file';
import { registerPictures } from './pictures/routes';
import { checkMigrated } from './records/migrate';

/** The pages as they were bundled, wherever this file runs from. */
const WEB = join(__dirname, '..', 'dist', 'web');

/** A running server. */
export interface App {
  url: string;
  isDevelopment: boolean;
  /** A one-time link by which the first admin makes an account; null once there is one. */
  firstAdminLink: string | null;
  close(): Promise<void>;
}

/** Composes the server from its settings; tests move the clock. */
export async function startApp(
  config: Config,
  say: (text: string) => void,
  clock: () => number = Date.now,
): Promise<App> {
  const base = createBase(config, say, clock);
  try {
    return { ...(await compose(base)), close: base.cleanup.run };
  } catch (error) {
    await base.cleanup.run();
    throw error;
  }
}

/** Reads as the picture of the system: stores, engine, channels, staff, pages. */
async function compose(base: Base): Promise<Omit<App, 'close'>> {
  const { config, cleanup } = base;
  let url = '';
  const foundation = await openFoundation(base, () => url);
  const engine = await startEngine(foundation);
  const server = createHttpServer();
  cleanup.add(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  );
  const edge = createEdge(engine, server, createOriginCheck(engine.baseUrl, config.WEB_ORIGINS));
  await startChannels(engine, edge);
  const links = registerStaff(engine, edge);
  registerWeb(engine, edge);
  registerOperatorCallbacks(engine, edge);
  const isDevelopment = config.NODE_ENV !== 'production';
  const openSimulators = isDevelopment ? registerSimulators(engine, edge, () => url) : () => undefined;
  const port = await listen(server, config.HOST, config.PORT);
  url = `http://${config.HOST}:${port}`;
  openSimulators();
  const { databaseUrl, redisUrl, dataDir } = engine.stores;
  cleanup.add(writeRunFile(dataDir, { url: engine.baseUrl(), databaseUrl, redisUrl }));
  return { url: engine.baseUrl(), isDevelopment, firstAdminLink: await links.createFirstAdminLink() };
}

/** Pages, files and health. */
function registerWeb({ db, redis, files, signer, log }: Engine, { server }: Edge): void {
  registerFiles(server, files, signer, log);
  registerPictures(server, log);
  registerPages(server, '/chat', join(WEB, 'chat'));
  registerPages(server, '/chat/app', join(WEB, 'app'), true);
  registerPages(server, '/staff', join(WEB, 'staff'));
  registerPages(server, '/agent', join(WEB, 'agent'));
  registerPages(server, '/admin', join(WEB, 'admin'));
  registerPages(server, '/field', join(WEB, 'field'));
  registerScript(server, '/widget.js', join(WEB, 'widget', 'widget.js'));
  registerRedirect(server, '/', '/chat');
  registerHealth(server, [
    answers('Redis', () => redis.ping()),
    answers('Postgres and its migrations', () => checkMigrated(db)),
  ]);
}

/** The operator, WeChat and WeCom as a developer has them; answers what is called once the server listens. */
function registerSimulators(engine: Engine, edge: Edge, ownUrl: () => string): () => void {
  const { simulatedOperator, channelAccounts, keys, appPush, clock, log } = engine;
  const { server } = edge;
  registerPages(server, '/samples', join(WEB, 'samples'));
  registerSampleApp(server, { ownUrl, secret: keys.secrets.app, fetch, log });
  const [pushSecret] = appPush.settings?.secrets ?? [];
  if (pushSecret !== undefined) registerSamplePushes(server, { secret: pushSecret, clock, log });
  if (simulatedOperator) registerSimulatedOperator(engine, edge, simulatedOperator);
  const simulated = createSimulatedAccount({ key: keys.dataKey, ownUrl, clock });
  registerWechatSimulator(server, { ...simulated, log });
  const openWecom = registerSimulatedWecom(engine, edge, ownUrl);
  return () => {
    openWecom();
    const { account } = simulated;
    channelAccounts.maps.wechat.set(account.name, { ...account, apiBase: `${ownUrl()}${SIMULATOR_API}` });
  };
}
