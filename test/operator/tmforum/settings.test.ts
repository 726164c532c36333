import { readConfig } from '../../../src/config';
import { readTicketSettings } from '../../../src/operator/tmforum/settings';

const whole = {
  OPERATOR_TICKETS: 'tmf621',
  OPERATOR_TICKETS_URL: 'https://tickets.operator.example/tmf-api/troubleTicket/v5/',
  OPERATOR_TICKETS_TOKEN: 'a-token-of-ours-to-them',
  OPERATOR_TICKETS_LISTENER_TOKEN: 'a-token-of-theirs-to-us',
};

describe('the settings of a ticket system', () => {
  it('are none unless it is chosen', () => {
    expect(readTicketSettings(readConfig({}))).toBeNull();
    expect(readTicketSettings(readConfig({ ...whole, OPERATOR_TICKETS: 'operator' }))).toBeNull();
    expect(readTicketSettings(readConfig(whole))?.url).toBe(
      'https://tickets.operator.example/tmf-api/troubleTicket/v5',
    );
  });

  it('are whole or refused by name', () => {
    for (const name of Object.keys(whole).filter((each) => each !== 'OPERATOR_TICKETS')) {
      expect(() => readConfig({ ...whole, [name]: '' })).toThrow(new RegExp(`${name}: required`));
    }
    const plain = {
      ...whole,
      NODE_ENV: 'production',
      OPERATOR_TICKETS_URL: 'http://tickets.operator.example',
    };
    expect(() => readConfig(plain)).toThrow(/OPERATOR_TICKETS_URL: must be https/);
    expect(() => readConfig({ ...whole, OPERATOR_TICKETS: 'tmf999' })).toThrow(/OPERATOR_TICKETS/);
  });
});
