import type { Understanding } from '../contract/understanding';
import { labelsOf } from './questions';
import { fold, isSaid, readOption } from './read-option';
import type { AskStep, ChooseStep } from './schema';
import { shortcutOf } from './shortcuts';
import { fits } from './slots/fill-slots';
import { dialogOf, sayPattern, type Turn, topFrame } from './turn';

/** "等一下我找找": an answer follows in a moment. */
const WAIT =
  /^(?:好的?|嗯+|哦|行|你|您|请|麻烦|那|先|[,， ])*(?:稍等|等等|等(?:我|一)?(?:一?下|会儿?|一会儿?)|等我|我?(?:去|先)?问(?:一)?下我?.{1,4}|我(?:先|去|来)*(?:找|看|问|查|试|想|翻)(?:找|看|问|查|试|想|翻|一|下|会儿?)+)(?:啊|哈|哦|吧|呀|我|去|先|再|给|你|您|找|看|问|查|试|翻|弄|一|下|马上|单号|号码|地址|[,，。.!！~～ ])*$|^(?:ok(?:ay)?[, ]+|please |sorry,? |(?:hold|hang) on[, ]+|wait[, ]+|one moment[, ]+)*(?:hold on|hang on|(?:please )?wait(?: a (?:minute|moment|sec(?:ond)?|bit))?|(?:one|just a|give me a) (?:moment|minute|min|sec(?:ond)?)|bear with me|let me (?:just )?(?:look|check|see|find|try|ask)(?: .{0,20})?)[.! ]*(?:please[.! ]*)?$/iu;

/** "我不在家", "晚上回去试": not here, or not now. */
const AWAY =
  /不在家|没在家|(?:我|人|现在|还)(?:在外[面地边头]?|在上班|在公司|在单位|在路上|在出差|出差)|还没(?:到家|回家|下班)|家里?(?:现在|这会儿?)?没(?:有)?人|(?:回(?:到)?家|回去|到家|下班|晚上|晚点|回头|待会儿?|等会儿?|一会儿?|过会儿?|改天|明天|周末)(?:了|后|以后|之后|我|再|才|有空|能)*(?:再|试|弄|看看|看$|搞|检查|操作)|(?:现在|这会儿?|暂时|正)(?:不方便|没空|没时间|在忙|忙着|在?开会|在?开车|弄不了|试不了|看不了|操作不了)|\b(?:i'?m|i am|we'?re|we are) (?:not (?:at )?home|not there|at work|away|outside|out(?: of town)?|at the office|travel+ing|on the road)\b|\b(?:nobody|no one|no-one)(?: is|'s)? (?:at )?home\b|\bnot (?:at )?home(?: right)?(?: now)?\b|\b(?:try|do|check|look)(?: at)?(?: it| that| this)? (?:later|tonight|tomorrow|when i)\b|\b(?:when|once|after) i(?:'m| am| get|'ll be)? (?:back|home)\b/iu;

/** Longer messages tell more than that. */
const SHORT = { zh: 16, en: 60 } as const;

/** True when somebody wants to answer later: in a moment, or at another time. */
export function putOffKind({ text, locale }: Pick<Understanding, 'text' | 'locale'>): 'wait' | 'away' | null {
  const said = fold(text);
  if (said.length > SHORT[locale] || /[?？]|吗|怎么/u.test(said)) return null;
  if (WAIT.test(said)) return 'wait';
  return AWAY.test(said) ? 'away' : null;
}

/** The words answer the open question: a time where one is chosen, "不在家" where it stands for "neither". */
function answers(turn: Turn, step: AskStep | ChooseStep, understanding: Understanding): boolean {
  const slots = dialogOf(turn, topFrame(turn))?.slots ?? {};
  const wanted = slots[step.slot]?.entity;
  if (step.type === 'ask') return understanding.entities.some((entity) => fits(entity, wanted));
  const takesFacts = step.options.some(({ when }) => when?.includes('in news'));
  if (takesFacts && understanding.entities.length > 0) return true;
  const said = fold(understanding.text);
  const isNamed = step.options.some(({ words }) =>
    words.some((word) => AWAY.test(word) && isSaid(said, word)),
  );
  // "not at home" says no "not".
  const text = said.replace(AWAY, ' ');
  return isNamed || readOption(step, { ...understanding, text, intents: [] }, labelsOf(turn, step)) !== null;
}

/**
 * A customer who cannot answer now is not asked again at once: what is open stays, and it is said how to go on. False
 * when the message is an answer, tells more, or is about a visit that was agreed on.
 */
export function onPutOff(turn: Turn, step: AskStep | ChooseStep, understanding: Understanding): boolean {
  const kind = putOffKind(understanding);
  if (kind === null || shortcutOf(turn, understanding) || answers(turn, step, understanding)) return false;
  if (understanding.entities.some(({ type }) => type !== 'datetime')) return false;
  if (kind === 'away') {
    const isStory = dialogOf(turn, topFrame(turn))?.slots[step.slot]?.entity === 'text';
    const hasVisit = turn.context.orders.some(({ appointment }) => appointment);
    if (isStory || hasVisit) return false;
  }
  turn.state.misunderstood = 0;
  sayPattern(turn, kind === 'wait' ? 'take-your-time' : 'kept-for-later');
  return true;
}
