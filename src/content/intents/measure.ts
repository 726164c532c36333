import type { MeasuredIntents } from '../../contract/content-intents';
import type { ContentProblem } from '../../contract/problem';
import { AppError } from '../../errors';
import { parseAcceptance } from '../../understanding/acceptance';
import { examplesOf, parseIntents } from '../../understanding/intent-file';
import { parseLexicon } from '../../understanding/lexicon';
import { measureIntents } from '../../understanding/measure-intents';
import { below, type ContentFiles, versionOf } from '../content';

/** The files that intents are learned from: dialogs may have problems of their own meanwhile. */
export const learnedFiles = (files: ContentFiles): ContentFiles =>
  Object.fromEntries(
    Object.entries(files).filter(
      ([path]) =>
        /^intents\/[^/]+$/.test(path) || /^intents\/entities\/(?:lexicon|acceptance)\.yaml$/.test(path),
    ),
  );

const refuse = (problems: ContentProblem[]): void => {
  const [first] = problems;
  if (first)
    throw new AppError(
      'bad-content',
      `Nothing was measured. ${first.file}, line ${first.line}: ${first.message}; ${first.remedy}.`,
    );
};

/** As `measureIntents`, of the files of `learnedFiles`. Throws `bad-content` with the first problem. */
export function measureFiles(files: ContentFiles): MeasuredIntents {
  const { intents, problems } = parseIntents(below(files, 'intents'));
  const entities = below(files, 'intents/entities');
  const { lexicon, problems: ofLexicon } = parseLexicon(entities);
  const { threshold, problems: ofThreshold } = parseAcceptance(entities);
  refuse([...problems, ...ofLexicon, ...ofThreshold]);
  const examples = examplesOf(intents);
  return measureIntents({ examples, lexicon, ...(threshold === undefined ? {} : { threshold }) });
}

/** Versions whose measures are kept: a draft is measured again and again against the same current version. */
const KEPT = 6;

interface Entry {
  found: Promise<MeasuredIntents>;
  state: 'running' | 'done' | 'failed';
}

/** Measures each set of files once, however often it is asked for. What went wrong is told to all who ask, and forgotten. */
export function rememberMeasures(measure: (files: ContentFiles) => Promise<MeasuredIntents>): {
  /** The measures; null while they are being worked out. */
  read(files: ContentFiles): Promise<MeasuredIntents | null>;
} {
  const known = new Map<string, Entry>();
  return {
    async read(files) {
      const learned = learnedFiles(files);
      const key = versionOf(learned);
      const before = known.get(key);
      if (before && before.state !== 'running') {
        if (before.state === 'failed') known.delete(key);
        return before.found;
      }
      if (before) return null;
      const entry: Entry = { found: measure(learned), state: 'running' };
      entry.found.then(
        () => {
          entry.state = 'done';
        },
        () => {
          entry.state = 'failed';
        },
      );
      known.set(key, entry);
      if (known.size > KEPT) known.delete([...known.keys()][0] ?? '');
      return null;
    },
  };
}
