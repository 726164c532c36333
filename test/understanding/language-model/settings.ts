import type { LanguageModelSettings } from '../../../src/contract/language-model';

export const testSettings = (changed: Partial<LanguageModelSettings> = {}): LanguageModelSettings => ({
  baseUrl: 'http://127.0.0.1:9/v1',
  apiKey: 'key-of-tests',
  model: 'test-model',
  structure: 'json-schema',
  turnBudgetMs: 1500,
  agentBudgetMs: 5000,
  price: { input: 2, output: 8 },
  perConversationDay: { tokens: 0, money: 0 },
  perDay: { tokens: 0, money: 0 },
  ...changed,
});
