import { createBase } from '../../src/compose/foundation';
import { openOperator } from '../../src/compose/operator';
import { readConfig } from '../../src/config';
import { CALENDAR_TOKEN, openCalendarServer } from '../operator/tmforum/calendar-server';

const AT = Date.UTC(2026, 10, 24, 2);

describe("the operator's systems", () => {
  it('have visits on a TMF646 calendar where one is set, its holds ended, and all else as before', async () => {
    const clock = () => AT;
    const server = await openCalendarServer({ clock, lapsesHolds: false });
    const hold = { author: 'telecom-service-bot', text: 'held-until', date: '2026-11-24T01:00:00Z' };
    const validFor = { startDateTime: '2026-11-25T01:00:00Z', endDateTime: '2026-11-25T03:00:00Z' };
    server.appointments.set('old', { id: 'old', status: 'initialized', note: [hold], validFor });
    const ended = new Promise<void>((resolve) => {
      server.faultOf = (call) => {
        if (call === 'PATCH /appointment') resolve();
        return null;
      };
    });
    const config = readConfig({
      LOG_LEVEL: 'silent',
      OPERATOR_APPOINTMENTS: 'tmf646',
      OPERATOR_APPOINTMENTS_URL: server.url,
      OPERATOR_APPOINTMENTS_TOKEN: CALENDAR_TOKEN,
    });
    const base = createBase(config, () => undefined, clock);
    const { operator, visitCalendar } = openOperator(base);
    await ended;
    const wish = { kind: 'repair' as const, address: '翠屏国际城7幢' };
    await expect(operator.listSlots(wish)).resolves.toHaveLength(3);
    expect(server.calls).toContain('POST /searchTimeSlot');
    await expect(operator.listPlans()).resolves.not.toHaveLength(0);
    expect(visitCalendar?.restingCalls()).toEqual([]);
    await base.cleanup.run();
    expect(server.appointments.get('old')?.status).toBe('cancelled');
    await server.close();
  });

  it('are one without it', () => {
    const base = createBase(
      readConfig({ LOG_LEVEL: 'silent' }),
      () => undefined,
      () => AT,
    );
    const { operator, simulatedOperator, visitCalendar } = openOperator(base);
    expect(visitCalendar).toBeNull();
    expect(operator).toBe(simulatedOperator);
  });
});
