import type { LanguageModelSettings } from '../../contract/language-model';
import type { ChatQuestion } from './chat';
import type { Cost } from './spending';

/** Tokens that every question has beside its words. */
const OVERHEAD = 64;

const tokensIn = (text: string, ascii: number, other: number): number => {
  let most = 0;
  for (const character of text) most += character.charCodeAt(0) < 128 ? ascii : other;
  return Math.ceil(most);
};

/** Estimates from above, since budgets are taken before the call: our own words are ordinary, those of others are not. */
export const mostTokensOf = ({ instructions, material, schema, maxTokens }: ChatQuestion) => ({
  input: OVERHEAD + tokensIn(instructions + JSON.stringify(schema), 0.5, 1.5) + tokensIn(material, 1, 2),
  output: maxTokens,
});

/** Prices are of a million tokens, so tokens times price are millionths. */
export const costOf = (
  { input, output }: { input: number; output: number },
  price: LanguageModelSettings['price'],
): Cost => ({
  tokens: Math.ceil(input + output),
  money: Math.ceil(input * price.input + output * price.output),
});
