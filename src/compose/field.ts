import { writeAudit } from '../accounts/audit';
import type { RequirePermission } from '../accounts/guard';
import { createFieldDesk } from '../field/field-desk';
import { createFieldLinks } from '../field/links';
import { registerField } from '../field/routes';
import type { Server } from './channels';
import type { Engine } from './engine';

/** The way in for technicians. */
export function registerFieldWork(
  engine: Engine,
  server: Server,
  requirePermission: RequirePermission,
): void {
  const { db, policies, operator, keys, files, signer, clock, log, baseUrl, config, wakeOrders } = engine;
  const links = createFieldLinks({ tokenKey: keys.tokenKey, baseUrl, clock });
  const desk = createFieldDesk({
    db,
    policies,
    operator,
    links,
    context: { timeZone: config.TIME_ZONE, signPhoto: signer.sign, clock },
    clock,
    onEvent: wakeOrders,
    log,
  });
  registerField(server, {
    desk,
    links,
    files,
    requirePermission,
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    log,
  });
}
