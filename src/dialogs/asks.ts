const QUESTION = /[?？吗]|多少|什么|怎么|咋|哪|几时|how|what|when|which|where/iu;
/** Words that only whole messages of a question have, beside those that may stand in an answer too. */
const MORE =
  /怎样|如何|为啥|为什么|干嘛|几天|几点|多久|好久|好多|啥|能不能|可不可以|可以不|行不行|要不要|有没有|是不是|[^不]不$|點|乜|咩|幾|邊|\b(?:why|who|can|could|do|does|is|are|should)\b/iu;

/** A message with a word that asks, whatever else it says. */
export const hasQuestionWord = (text: string): boolean => QUESTION.test(text);

/** A message that wants to be told something rather than have something done. */
export const asks = (text: string): boolean => QUESTION.test(text) || MORE.test(text.trim());
