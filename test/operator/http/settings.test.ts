import { readConfig } from '../../../src/config';
import { readOperatorSettings } from '../../../src/operator/http/settings';

const url = 'https://crm.operator.example/bot/';
const OPERATOR_SECRET = 'a-secret-of-the-operator';

describe("the settings of the operator's server", () => {
  it('are none without an address: the operator is simulated', () => {
    expect(readOperatorSettings(readConfig({}))).toBeNull();
    expect(readOperatorSettings(readConfig({ OPERATOR_SECRET }))).toBeNull();
  });

  it('are an address without a slash at its end, secrets and time-outs', () => {
    const env = readConfig({
      OPERATOR_URL: url,
      OPERATOR_SECRET,
      OPERATOR_SECRET_BEFORE: 'the-secret-before-it',
      OPERATOR_TIMEOUTS: '{"testLine":90000}',
    });
    const settings = readOperatorSettings(env);
    expect(settings).toMatchObject({
      url: 'https://crm.operator.example/bot',
      secrets: [OPERATOR_SECRET, 'the-secret-before-it'],
    });
    expect([settings?.timeoutMs('testLine'), settings?.timeoutMs('listPlans')]).toEqual([90_000, 3000]);
  });

  it.each([
    [{ OPERATOR_URL: url }, /OPERATOR_SECRET: required/],
    [{ OPERATOR_URL: 'ftp://x', OPERATOR_SECRET }, /OPERATOR_URL: an https address/],
    [{ OPERATOR_URL: 'https://user:word@x', OPERATOR_SECRET }, /OPERATOR_URL/],
    [{ OPERATOR_URL: 'https://x/?a=1', OPERATOR_SECRET }, /OPERATOR_URL/],
    [{ OPERATOR_SECRET: 'short' }, /OPERATOR_SECRET: at least 16/],
    [{ OPERATOR_TIMEOUTS: '{"testline":1000}' }, /OPERATOR_TIMEOUTS: JSON with milliseconds.*testLine/],
    [{ OPERATOR_TIMEOUTS: '{"testLine":1}' }, /OPERATOR_TIMEOUTS/],
    [{ OPERATOR_TIMEOUTS: 'soon' }, /OPERATOR_TIMEOUTS/],
    [
      { NODE_ENV: 'production', OPERATOR_URL: 'http://crm.operator.example', OPERATOR_SECRET },
      /OPERATOR_URL: must be https/,
    ],
  ])('are refused by name when they are wrong: %j', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });
});
