import type { Config } from '../config';
import { AppError } from '../errors';
import type { LocalKeys } from './data-folder';

export interface Keys {
  tokenKey: string;
  dataKey: string;
  secrets: { web: string; app: string };
}

/** Keys from the settings, else those that a development installation has made for itself. */
export function readKeys(config: Config, local: LocalKeys | null): Keys {
  const need = (name: string, setting: string | undefined, made: string | undefined): string => {
    const key = setting ?? made;
    if (key === undefined) throw new AppError('bad-settings', `${name} is required in production.`);
    return key;
  };
  return {
    tokenKey: need('TOKEN_KEY', config.TOKEN_KEY, local?.tokenKey),
    dataKey: need('DATA_KEY', config.DATA_KEY, local?.dataKey),
    secrets: {
      web: need('DIRECT_LINE_WEB_SECRET', config.DIRECT_LINE_WEB_SECRET, local?.webSecret),
      app: need('DIRECT_LINE_APP_SECRET', config.DIRECT_LINE_APP_SECRET, local?.appSecret),
    },
  };
}
