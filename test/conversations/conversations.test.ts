import { renderings, type Shown } from '../../src/channels/renderings';
import type { DialogState, Reply } from '../../src/contract/dialog';
import { checkLine } from '../../src/rehearsal/check-line';
import { lineProblemText } from '../../src/rehearsal/line-problem';
import { createPlayer } from '../../src/rehearsal/player';
import type { Script } from '../../src/rehearsal/script';
import { createRecognizer } from '../../src/understanding/recognizer';
import { createUnderstand } from '../../src/understanding/understand';
import { shippedConversations } from '../support/conversations';
import { answerIntents, shippedExamples, shippedModel, shippedNames } from '../support/intents';
import { shippedKnowledge } from '../support/knowledge';
import { renderingProblems, typedNumbers } from '../support/renderings';
import { reportFigure } from '../support/size';

/** Scripted conversations through the shipped dialogs, the shipped intents and everything between. */
const { outcomes, conversations } = shippedConversations;
const files = new Set(conversations.map(({ file }) => file));
const scripts = conversations.map(({ file, script }): [string, Script] => [
  `${file}: ${script.name}`,
  script,
]);
const recognizer = createRecognizer(shippedModel(), { answerIntents });
const { dialogs: set } = shippedKnowledge();
const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai', ...shippedNames });

/** Every reply that was given, once each, and what came of its choices. */
const replies = new Map<string, Reply>();
const choices = new Map<string, string[]>();
const played = new Set<Script>();
const tried = new Set<string>();

/** Every problem of a conversation at once, each with its line. */
function problemsOf(script: Script): string[] {
  const player = createPlayer({ set, understand, outcomes }, script);
  played.add(script);
  return script.lines.flatMap((line, i) => {
    const heard = player.play(line);
    for (const { dialog } of heard.trace) tried.add(dialog);
    for (const reply of heard.replies) replies.set(JSON.stringify(reply), reply);
    noteChoices(player, heard.replies.at(-1));
    const words = 'say' in line ? line.say : JSON.stringify(line);
    return checkLine(line, heard, player.state).map(
      (problem) => `line ${i + 1} "${words}": ${lineProblemText(problem)}`,
    );
  });
}

/** A choice that is tapped and one that is typed by its number must come to the same. */
function noteChoices(player: ReturnType<typeof createPlayer>, asked: Reply | undefined): void {
  const frame = player.state.frames.at(-1);
  const key = JSON.stringify([frame?.dialog, frame?.step, player.state.clarifying, asked?.quickReplies]);
  if (!asked || asked.quickReplies.length === 0 || choices.has(key)) return;
  choices.set(key, choiceProblems(player, asked));
}

/** Where a question of a dialog was answered by the words of a choice, and another one was taken. */
function misreadOption({ frames }: DialogState, label: string, after: DialogState): string[] {
  const asked = frames.at(-1);
  const step = set.dialogs.get(asked?.dialog ?? '')?.steps.find(({ id }) => id === asked?.step);
  const now = after.frames.find(({ id }) => id === asked?.id);
  if (step?.type !== 'choose' || !now || now.slots[step.slot] === asked?.slots[step.slot]) return [];
  const taken = step.options.find(({ value }) => value === now.slots[step.slot]);
  const isOwn = (text: string) => text.includes('{') || text === label;
  return !taken || isOwn(taken.label.zh) || isOwn(taken.label.en)
    ? []
    : [`"${label}" was taken for ${taken.value}`];
}

const labelsSaid = (text: string) => JSON.stringify(text);

function choiceProblems(player: ReturnType<typeof createPlayer>, asked: Reply): string[] {
  const misunderstood = player.state.misunderstood;
  const came = typedNumbers(asked).map((number, i) => {
    const label = asked.quickReplies[i] ?? '';
    return { label, tapped: player.tryOut(label), typed: player.tryOut(number) };
  });
  const said = ({ replies: told }: { replies: Reply[] }) => told.map(({ text }) => text).join('|');
  return came.flatMap(({ label, tapped, typed }) => [
    ...(said(tapped) === said(typed)
      ? []
      : [`${labelsSaid(label)}: tapped "${said(tapped)}", typed "${said(typed)}"`]),
    ...misreadOption(player.state, label, tapped.state),
    ...(tapped.state.misunderstood > misunderstood ? [`${labelsSaid(label)} is not understood`] : []),
  ]);
}

describe('conversations', () => {
  it('are at least 380', () => {
    process.stdout.write(`${scripts.length} scripted conversations in ${files.size} files\n`);
    expect(scripts.length).toBeGreaterThanOrEqual(380);
  });

  it('have customers who say nothing that stands word for word among the examples', () => {
    const known = new Set(shippedExamples.map(({ text }) => text));
    const openings = scripts.flatMap(([, { lines }]) =>
      lines.flatMap((line) => ('say' in line ? [line.say] : [])),
    );
    const long = openings.filter((text) => text.length > 8 && known.has(text));
    expect(long).toEqual([]);
  });

  it.each(scripts)('%s', (_name, script) => {
    expect(problemsOf(script)).toEqual([]);
  });

  // The gate of every publish plays them all: its pace is a figure, which no test holds it to.
  it('are played again to the same end', () => {
    const began = performance.now();
    const found = scripts.flatMap(([, script]) => {
      const player = createPlayer({ set, understand, outcomes }, script);
      return script.lines.flatMap((line) => checkLine(line, player.play(line), player.state));
    });
    const seconds = (performance.now() - began) / 1000;
    reportFigure('scripted conversations played in a second', Math.round(scripts.length / seconds));
    expect(found).toEqual([]);
  });

  it('show every reply whole on every channel, with choices that can be made there', () => {
    for (const [, script] of scripts) if (!played.has(script)) problemsOf(script);
    const lost = [...replies.values()].flatMap((reply) =>
      Object.entries(renderings).flatMap(([name, render]) =>
        renderingProblems(reply, render).map((problem) => `${name}: "${reply.text.slice(0, 30)}" ${problem}`),
      ),
    );
    const misread = [...choices].flatMap(([asked, problems]) =>
      problems.map((problem) => `${asked}: ${problem}`),
    );
    process.stdout.write(
      `${replies.size} replies in ${Object.keys(renderings).length} renderings, ${choices.size} questions with choices\n`,
    );
    expect(lost).toEqual([]);
    expect(misread).toEqual([]);
    expect(replies.size).toBeGreaterThan(500);
  });

  it('come to every dialog that ships', () => {
    for (const [, script] of scripts) if (!played.has(script)) problemsOf(script);
    expect([...set.dialogs.keys()].filter((id) => !tried.has(id))).toEqual([]);
  });

  it('would show a rendering that loses a choice, cuts a text, or passes a limit', () => {
    const reply = { text: '哪个方便？', quickReplies: ['上午', '下午'] };
    const shown = { texts: ['哪个方便？'], taps: ['上午', '下午'], broken: [] };
    const problemsIn = (changed: Partial<Shown>) =>
      renderingProblems(reply, () => ({ ...shown, ...changed }));
    expect(problemsIn({})).toEqual([]);
    expect(problemsIn({ taps: ['上午'] })).toEqual(['"下午" cannot be chosen']);
    expect(problemsIn({ texts: ['哪个'] })).toEqual(['shows "哪个"']);
    expect(problemsIn({ taps: [], texts: ['哪个方便？\n1. 上午\n2. 下午'] })).toEqual([]);
    expect(problemsIn({ broken: ['too long'] })).toEqual(['too long']);
    expect(renderingProblems({ text: '**好**', quickReplies: [] }, renderings.web ?? (() => shown))).toEqual([
      'has markup',
    ]);
    const long = { text: '字'.repeat(2000), quickReplies: ['甲'.repeat(50)] };
    for (const [name, render] of Object.entries(renderings))
      expect([
        name,
        renderingProblems(long, render).filter((problem) => !problem.startsWith('the button')),
      ]).toEqual([name, []]);
  });
});
