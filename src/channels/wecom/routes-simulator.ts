import type { Logger } from 'pino';
import type { Server } from 'restify';
import { registerPhone } from '../wechat/routes-simulator';
import type { FaultQueue } from '../wechat/simulator/faults';
import { actionSchema } from './simulator/kf-entries';
import type { SimulatedWecom } from './simulator/simulated-wecom';

const SIMULATOR_PATH = '/simulator/wecom';
/** Where the channel finds the simulated servers, below the server's own address. */
export const SIMULATOR_API = `${SIMULATOR_PATH}/api`;

/** WeCom's side of the page of the simulated WeChat, and the simulated `/cgi-bin/*`. For development only. */
export const registerWecomSimulator = (
  server: Server,
  { wecom, faults, log }: { wecom: SimulatedWecom; faults: FaultQueue; log: Logger },
): void => registerPhone(server, SIMULATOR_PATH, { simulated: wecom, actionSchema, faults, log });
