import type { TrialResult, Verdict } from '../../contract/content-trial';

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const named = (names: string[]): string =>
  names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');

/**
 * What keeps a draft from being published, each a sentence with what to do. `changed`: the dialogs that the draft adds
 * or changes; an old dialog without a conversation keeps nobody from mending another.
 */
export function blocksOf(
  { rehearsal, comparison, differences }: TrialResult,
  verdicts: Readonly<Record<string, Verdict>>,
  changed: ReadonlySet<string>,
): string[] {
  const { failed, untried, played } = rehearsal;
  const missing = untried.filter((id) => changed.has(id));
  const causes = [...new Set(differences.map(({ cause }) => cause))];
  const refused = causes.filter((cause) => verdicts[cause] === 'refused');
  const open = causes.filter((cause) => verdicts[cause] === undefined);
  return [
    ...(failed.length > 0
      ? [
          `${failed.length} of ${played} scripted conversations fail (${named(failed.map(({ name }) => name))}): mend the dialogs, or the conversations where they are out of date.`,
        ]
      : []),
    ...(missing.length > 0
      ? [`No scripted conversation comes to ${named(missing)}: write one in dialogs/conversations/.`]
      : []),
    ...(comparison?.isWorse
      ? [
          `Intents are understood worse: ${percent(comparison.before.accuracy)} → ${percent(comparison.after.accuracy)} right, ${percent(comparison.before.wrongAccepted)} → ${percent(comparison.after.wrongAccepted)} wrong; ${percent(comparison.margin)} is allowed. Look at the pairs that are confused, and move or take back their examples.`,
        ]
      : []),
    ...(refused.length > 0
      ? [
          `${refused.length} differences to past conversations were refused (${named(refused)}): change the draft.`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `${open.length} kinds of differences to past conversations are to be accepted or refused: ${named(open)}.`,
        ]
      : []),
  ];
}
