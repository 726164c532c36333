import type { ClockEvent } from '../contract/sla';
import { elapsedBetween } from './calendar/measure';
import { deadlineOf } from './deadline';
import { replay, type Spell } from './replay';
import { clockWords, durationWords, reasonWords, type Spoken, targetWords, timeWords } from './words';

/** One line of an explanation: when, by what, and in words that can be read out. */
export interface DeadlineLine extends Spoken {
  at: number;
  /** `counted` and `not-counted` are stretches of time; `due` is the result; the others are events of the log. */
  cause: ClockEvent['type'] | 'counted' | 'not-counted' | 'due';
}

/**
 * Why a deadline is what it is, line by line: every event with its cause, every stretch with what it counts, and what
 * comes of it at `now`. Times in words are of `timeZone`.
 */
export function explainDeadline(log: readonly ClockEvent[], now: number, timeZone: string): DeadlineLine[] {
  const clockOf = (at: number) => timeWords(at, timeZone);
  const { spells, past } = replay(log);
  const events = log.map(
    (event): DeadlineLine => ({ at: event.at, cause: event.type, ...eventWords(event, clockOf) }),
  );
  const stretches = [...spellLines(past, now, clockOf), ...spellLines(spells, now, clockOf)];
  // Of the same moment the event comes first: the stretch is what follows from it.
  const told = [...events, ...stretches].sort((a, b) => a.at - b.at || rankOf(a) - rankOf(b));
  return [...told, { at: now, cause: 'due', ...dueWords(log, now, clockOf) }];
}

const rankOf = ({ cause }: DeadlineLine): number => (cause === 'counted' || cause === 'not-counted' ? 1 : 0);

type ClockOf = (at: number) => string;

function spellLines(spells: Spell[], now: number, clockOf: ClockOf): DeadlineLine[] {
  let total = 0;
  return spells
    .filter(({ startAt, state }) => startAt < now && (state === 'running' || state === 'paused'))
    .map((spell): DeadlineLine => {
      const endAt = Math.min(spell.endAt, now);
      const isRunning = spell.state === 'running';
      const counted = isRunning ? elapsedBetween(spell.policy, spell.startAt, endAt) : 0;
      total += counted;
      const span = `${clockOf(spell.startAt)} – ${clockOf(endAt)}`;
      const words = isRunning
        ? countedWords(spell, { counted, total, length: endAt - spell.startAt })
        : { zh: '不计时', en: 'not counted' };
      return {
        at: spell.startAt,
        cause: isRunning ? 'counted' : 'not-counted',
        zh: `${span}：${words.zh}`,
        en: `${span}: ${words.en}`,
      };
    });
}

function countedWords(
  { policy, pause }: Spell,
  { counted, total, length }: { counted: number; total: number; length: number },
): Spoken {
  const [here, all] = [durationWords(counted, policy.measure), durationWords(total, policy.measure)];
  const why = pause
    ? pausedButCounted(pause.standing)
    : closedWords(policy.measure === 'open' && counted < length);
  return {
    zh: `计时 ${here.zh}，累计 ${all.zh}${why.zh}`,
    en: `${here.en} counted, ${all.en} in all${why.en}`,
  };
}

const pausedButCounted = (standing: string): Spoken => {
  if (standing === 'disputed')
    return {
      zh: '；客户对暂停有异议，裁定前照常计时',
      en: '; the pause is disputed and counts until it is ruled on',
    };
  if (standing === 'overturned')
    return { zh: '；暂停被裁定不成立，照常计时', en: '; the pause was ruled out, so the time counts' };
  return { zh: '；这一时限不因此暂停', en: '; this clock does not stop for that reason' };
};

const closedWords = (isClosedInBetween: boolean): Spoken =>
  isClosedInBetween
    ? { zh: '；其余不在日历时段内，不计', en: '; the rest is outside the calendar' }
    : { zh: '', en: '' };

function eventWords(event: ClockEvent, clockOf: ClockOf): Spoken {
  const at = clockOf(event.at);
  const line = (zh: string, en: string): Spoken => ({ zh: `${at} ${zh}`, en: `${at} ${en}` });
  switch (event.type) {
    case 'started': {
      const { name, clock } = event.policy;
      const [target, kind] = [targetWords(event.policy), clockWords[clock]];
      return line(
        `开始计时：${name.zh}，${kind.zh} ${target.zh}`,
        `the clock starts: ${name.en}, ${kind.en} ${target.en}`,
      );
    }
    case 'policy-changed': {
      const target = targetWords(event.policy);
      return line(
        `规则改为“${event.policy.name.zh}”，时限 ${target.zh}，已计时间照旧`,
        `the policy becomes "${event.policy.name.en}", ${target.en}; what was counted is kept`,
      );
    }
    case 'paused': {
      const reason = reasonWords[event.reason];
      return line(`登记暂停：${reason.zh}`, `paused: ${reason.en}`);
    }
    case 'visit':
      return line(
        `最早能上门到 ${clockOf(event.endAt)} 结束，不早于它`,
        `nobody can be done before ${clockOf(event.endAt)}, the end of the earliest visit`,
      );
    case 'renewed':
      return line(
        `原承诺没有兑现，重新承诺 ${clockOf(event.until)} 前`,
        `the promise was broken; a new one was given, for ${clockOf(event.until)}`,
      );
    case 'ruled':
      return event.isUpheld
        ? line('裁定：暂停成立，不计时', 'ruled: the pause was right and does not count')
        : line('裁定：暂停不成立，照常计时', 'ruled: the pause was wrong and counts');
    default:
      return line(...plain[event.type]);
  }
}

const plain: Record<'resumed' | 'disputed' | 'met' | 'reopened' | 'cancelled', [string, string]> = {
  resumed: ['恢复计时', 'resumed'],
  disputed: ['客户对暂停提出异议', 'the customer disputes the pause'],
  met: ['办结，停止计时', 'done; the clock stops'],
  reopened: ['复发，重新打开', 'it came back and was opened again'],
  cancelled: ['取消，不再计时', 'cancelled; the clock is dropped'],
};

function dueWords(log: readonly ClockEvent[], now: number, clockOf: ClockOf): Spoken {
  const { status, dueAt, targetMs, elapsedMs } = deadlineOf(log, now);
  const { policy } = replay(log);
  if (status === 'cancelled') return { zh: '没有时限', en: 'there is no deadline' };
  if (dueAt === null) {
    const left = durationWords(Math.max(targetMs - elapsedMs, 0), policy.measure);
    return { zh: `暂停中，恢复后还剩 ${left.zh}`, en: `standing still; ${left.en} are left once it goes on` };
  }
  const due = clockOf(dueAt);
  if (status === 'met') return { zh: `时限是 ${due}`, en: `it was due at ${due}` };
  return dueAt > now
    ? { zh: `最晚 ${due}`, en: `due at ${due}` }
    : { zh: `应在 ${due} 前完成，已经超时`, en: `was due at ${due} and is late` };
}
