import type { RequirePermission } from '../accounts/guard';
import { readLiveBulletins } from '../bulletins/bulletins';
import { concerns, knownPlaces } from '../bulletins/concerns';
import { registerBulletins } from '../bulletins/routes';
import type { BulletinForAgent } from '../contract/bulletins';
import type { ConversationState } from '../contract/conversation';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** The page and routes of emergency bulletins. */
export function registerBulletinRoutes(
  { db, content, bulletins, news, config, clock, log }: Engine,
  { server, mask }: Edge,
  requirePermission: RequirePermission,
): void {
  registerBulletins(server, {
    db,
    content: () => content.current,
    mask: (text) => mask(text).text,
    onChange: () => {
      bulletins.wake();
      void news.publish({ topic: 'broadcast' });
    },
    requirePermission,
    timeZone: config.TIME_ZONE,
    clock,
    log,
  });
}

/** The bulletins that concern the customer of a conversation, for whoever reads it at the desk. */
export const createBulletinsOf =
  ({ db, content, clock }: Pick<Engine, 'db' | 'content' | 'clock'>) =>
  async (state: ConversationState): Promise<BulletinForAgent[]> => {
    const at = clock();
    const told = state.bulletins?.ids ?? [];
    const known = () => knownPlaces(state, content.current, { news: null, at });
    return (await readLiveBulletins(db, at))
      .filter((bulletin) => concerns(bulletin, state.channel, known))
      .map(({ id, text, untilAt }) => ({ id, text, untilAt, isTold: told.includes(id) }));
  };
