import type { IncidentRecord } from '../../src/incidents/incident-record';
import { symptomOf } from '../../src/incidents/symptom';
import { whyWords } from '../../src/incidents/why-words';

const incident: IncidentRecord = {
  id: 'i',
  area: 'nj-gl-01',
  symptoms: ['tv'],
  status: 'suspected',
  version: 1,
  revision: 0,
  text: null,
  expectedAt: null,
  finding: { windowMs: 1_800_000, customers: 8, expected: 0.42, chance: 2e-6, limit: 1e-4 },
  beganAt: 0,
  updatedAt: 0,
  confirmedAt: null,
  recoveredAt: null,
  endedAt: null,
};

describe('why an incident is suspected, in words', () => {
  it('names the window, the customers, what is usual and how rare that is', () => {
    expect(whyWords(incident)).toEqual({
      zh: '30 分钟内有 8 位客户报“电视故障”，这个时段平时约 0.42 位（已计入周边同时上涨的部分）。正常情况下约每 500000 次报障才碰上一次这样的巧合。',
      en: '8 customers reported TV trouble within 30 minutes; usual at this hour are about 0.42 (a rise all around is allowed for). On normal days about one report in 500000 comes upon so many others.',
    });
    expect(whyWords({ ...incident, symptoms: ['fibre-cut'] }).en).toMatch(/reported fibre-cut within/);
    expect(whyWords({ ...incident, finding: null }).en).toMatch(/Declared by a supervisor/);
  });

  it('takes the symptom from the intent of a report, and nothing from others', () => {
    expect(symptomOf('fault-no-internet')).toBe('no-internet');
    for (const other of ['outage-lookup', 'fault-', 'fault-<b>', null, 7])
      expect(symptomOf(other)).toBeNull();
  });
});
