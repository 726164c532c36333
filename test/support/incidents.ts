import { randomUUID } from 'node:crypto';
import type { CallOutcome } from '../../src/contract/dialog';
import { type OperationValue, operations } from '../../src/contract/operations';
import { learnRates } from '../../src/incidents/detect/base-rates';
import { hourOfWeek } from '../../src/incidents/detect/hour-of-week';
import type { Judge } from '../../src/incidents/detect/judge';
import { createJudge } from '../../src/incidents/detect/judge';
import { createIncidentHandlers } from '../../src/incidents/handlers';
import { judgeReports } from '../../src/incidents/judge-reports';
import { listIncidents } from '../../src/incidents/read-incidents';
import type { Database } from '../../src/records/database';
import { commandOf, createTestClock } from './orders';

const MINUTE = 60_000;

/** What is usual before anything is known. */
export const newJudge: Judge = createJudge(learnRates({ counts: [], weeksOf: new Map() }), (at) =>
  hourOfWeek(at, 'Asia/Shanghai'),
);

/** Incidents on a real database, as the server composes them, with reports that come a minute apart. */
export function createTestIncidents(db: Database) {
  const time = createTestClock();
  const handlers = createIncidentHandlers({
    db,
    clock: time.clock,
    key: Buffer.from('key-of-reporters'),
    onReport: () => undefined,
  });
  let serial = 0;
  const run = async (
    operation: string,
    command: Parameters<typeof commandOf>[1] = {},
  ): Promise<CallOutcome> => {
    const handler = handlers[operation];
    if (!handler) throw new Error(`no handler for ${operation}`);
    return handler.run(commandOf(operation, { at: time.now, ...command }));
  };
  const self = {
    time,
    run,
    async report(
      area: string,
      command: Parameters<typeof commandOf>[1] = {},
      intent = 'fault-no-internet',
    ): Promise<OperationValue<'incident.report'>['incident']> {
      serial += 1;
      time.now += MINUTE;
      const conversationId = `${area}-${serial}`;
      const outcome = await run('incident.report', { args: { area, intent }, conversationId, ...command });
      if (outcome.type !== 'ok') throw new Error(JSON.stringify(outcome));
      return operations['incident.report'].value.parse(outcome.value).incident;
    },
    /** Eight customers report within eight minutes, and the judge looks; answers the suspicion. */
    async suspicion(area: string, intent = 'fault-no-internet') {
      for (let n = 0; n < 8; n += 1) await self.report(area, {}, intent);
      await judgeReports(db, newJudge);
      const found = (await listIncidents(db, { isAll: false, limit: 100 })).find(
        (each) => each.area === area,
      );
      if (!found) throw new Error('nothing was suspected');
      return found;
    },
  };
  return self;
}

/** Somebody who decides; answers the id of the account. */
export async function addSupervisor(db: Database): Promise<string> {
  const id = randomUUID();
  const account = { id, login: `${id}@operator.example`, name: '班长', role: 'supervisor' };
  await db
    .insertInto('accounts')
    .values({ ...account, password_hash: null, disabled_at: null, created_at: '0' })
    .execute();
  return id;
}
