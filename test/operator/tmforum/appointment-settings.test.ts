import { readConfig } from '../../../src/config';
import { readTimeouts } from '../../../src/operator/http/settings';
import { readAppointmentSettings } from '../../../src/operator/tmforum/appointment-settings';

const whole = {
  OPERATOR_APPOINTMENTS: 'tmf646',
  OPERATOR_APPOINTMENTS_URL: 'https://calendar.operator.example/tmf-api/appointment/v4/',
  OPERATOR_APPOINTMENTS_TOKEN: 'a-token-of-ours-to-them',
};
const read = (env: Record<string, string>) => {
  const config = readConfig(env);
  return readAppointmentSettings(config, readTimeouts(config));
};

describe('the settings of a calendar', () => {
  it('are none unless it is chosen', () => {
    expect(read({})).toBeNull();
    expect(read({ ...whole, OPERATOR_APPOINTMENTS: 'operator' })).toBeNull();
    expect(read(whole)).toMatchObject({
      url: 'https://calendar.operator.example/tmf-api/appointment/v4',
      token: whole.OPERATOR_APPOINTMENTS_TOKEN,
    });
  });

  it('take the time of an attempt from the calls of the operator', () => {
    const settings = read({ ...whole, OPERATOR_TIMEOUTS: '{"bookSlot":9000}' });
    expect(settings?.timeoutMs('bookSlot')).toBe(9000);
    expect(settings?.timeoutMs('reserveSlot')).toBe(5000);
  });

  it('are whole or refused by name', () => {
    for (const name of ['OPERATOR_APPOINTMENTS_URL', 'OPERATOR_APPOINTMENTS_TOKEN']) {
      expect(() => readConfig({ ...whole, [name]: '' })).toThrow(new RegExp(`${name}: required`));
    }
    const plain = { ...whole, NODE_ENV: 'production', OPERATOR_APPOINTMENTS_URL: 'http://calendar.example' };
    expect(() => readConfig(plain)).toThrow(/OPERATOR_APPOINTMENTS_URL: must be https/);
    expect(() => readConfig({ ...whole, OPERATOR_APPOINTMENTS: 'tmf999' })).toThrow(/OPERATOR_APPOINTMENTS/);
  });
});
