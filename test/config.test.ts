import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema, readConfig } from '../src/config';

const example = readFileSync(join(__dirname, '../.env.example'), 'utf8');
const documented = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
  name,
  value,
]);

describe('settings', () => {
  it('are all documented in .env.example, and nothing else is', () => {
    expect(documented.map(([name]) => name).sort()).toEqual(Object.keys(configSchema.shape).sort());
  });

  it('have the values of .env.example by default', () => {
    expect(readConfig(Object.fromEntries(documented))).toEqual(readConfig({}));
  });

  it('are refused all at once, by name', () => {
    expect(() => readConfig({ PORT: 'many', SHARDS: '0', TIME_ZONE: 'Mars', TOKEN_KEY: 'short' })).toThrow(
      /PORT:[\s\S]*SHARDS:[\s\S]*TIME_ZONE:[\s\S]*TOKEN_KEY:/,
    );
  });

  it('name a language model whole or not at all', () => {
    const model = { LLM_BASE_URL: 'https://api.example.com/v1', LLM_API_KEY: 'key', LLM_MODEL: 'small' };
    expect(readConfig(model).LLM_MODEL).toBe('small');
    expect(readConfig({}).LLM_MODEL).toBeUndefined();
    for (const name of Object.keys(model)) {
      expect(() => readConfig({ ...model, [name]: '' })).toThrow(
        new RegExp(`${name}: required for a language model`),
      );
    }
    expect(() => readConfig({ ...model, LLM_BASE_URL: 'ftp://api.example.com' })).toThrow(/LLM_BASE_URL/);
    expect(() => readConfig({ ...model, LLM_DAY_MONEY: '5' })).toThrow(/LLM_INPUT_PRICE.*required/);
  });

  it('may not be made up or left at development values in production', () => {
    expect(() => readConfig({ NODE_ENV: 'production', TOKEN_KEY: 'change-me-change-me' })).toThrow(
      /REDIS_URL: required[\s\S]*DATABASE_URL: required[\s\S]*TOKEN_KEY: is a development value/,
    );
  });
});
