import type { Locale } from '../../../contract/activity';
import type { ContentProblem } from '../../../contract/problem';

/** What the checks of content say, in Chinese; what is not known here is shown as it is. */
const WORDS: [RegExp, string][] = [
  [/^there is no step "(.+)"$/, '没有步骤“$1”'],
  [/^there is no slot "(.+)"$/, '没有信息项“$1”'],
  [/^there is no intent "(.+)"$/, '没有意图“$1”'],
  [/^there is no dialog "(.+)"$/, '没有对话“$1”'],
  [/^there is no article "(.+)"$/, '没有知识“$1”'],
  [/^no step leads to "(.+)"$/, '没有步骤通向“$1”'],
  [/^two steps are called "(.+)"$/, '有两个步骤都叫“$1”'],
  [/^"(.+)" comes back to itself without a question or a call$/, '“$1”绕回自己，中间没有提问或查询'],
  [/^"(.+)" may be empty here$/, '“$1”在这里可能是空的'],
  [/^"(.+)" is secret$/, '“$1”是保密信息'],
  [/^unknown key "(.+)"$/, '不认识的项“$1”'],
  [/^not a valid expression: (.+)$/, '条件写得不对：$1'],
  [/^not a valid text: (.+)$/, '文字里的变量写得不对：$1'],
  [/^there is no English text: Chinese is said instead$/, '没有英文，会说中文'],
  [/^"(.+)" opens (.+) already$/, '“$1”已经会打开 $2'],
  [/^dialogs run each other: (.+)$/, '对话互相转来转去：$1'],
  [/^Invalid input: expected (.+), received undefined$/, '缺少这一项（应为 $1）'],
  [/^Invalid input: expected (.+), received (.+)$/, '应为 $1，现在是 $2'],
  [/^Too small: .*>=1.*$/, '不能为空'],
];
const REMEDIES: [RegExp, string][] = [
  [/^name a step of this dialog$/, '选这个对话里的步骤'],
  [/^add it under slots$/, '先添加这个信息项'],
  [/^remove it or lead to it$/, '删除它，或让一个步骤通向它'],
  [/^rename one$/, '改其中一个的编号'],
  [/^break the circle$/, '断开这个圈'],
  [/^remove it or mend its name$/, '删除它，或改正名字'],
  [/^mend the (?:expression|text|YAML)$/, '请改正'],
  [/^add "en"$/, '请补上英文'],
  [/^ask whether it is null, or fill it on every way that leads here$/, '先判断是否为空，或在每条路上填好它'],
  [/^let one dialog have it$/, '只让一个对话用它'],
  [/^use it only in the args of a call$/, '只能用在查询办理的参数里'],
  [/^keep it in this dialog$/, '不要整个会话共用'],
  [/^add (.+)$/, '请添加 $1'],
  [/^see .+ for the shape$/, '请看这一项的说明'],
];

const translated = (text: string, table: [RegExp, string][]): string => {
  const found = table.find(([pattern]) => pattern.test(text));
  return found ? text.replace(found[0], found[1]) : text;
};

/** A problem as it is read: what is wrong, and what to do. */
export const problemWords = ({ message, remedy }: ContentProblem, locale: Locale): string =>
  locale === 'zh'
    ? `${translated(message, WORDS)}。${translated(remedy, REMEDIES)}。`
    : `${message}: ${remedy}.`;
