import { z } from 'zod';
import type { ContentProblem } from '../contract/problem';
import { readYamlFile } from './yaml-file';

/** `intents/entities/acceptance.yaml`: how sure the bot has to be before it takes a message for an intent. */
export const acceptanceSchema = z.strictObject({
  /** The least certainty, as `topOf` has it; without the file it is chosen from the examples. */
  threshold: z.number().min(-1).max(2),
});

const FILE = 'acceptance.yaml';

/** Reads the threshold from the files of `intents/entities/`; undefined without one. All problems at once. */
export function parseAcceptance(files: Record<string, string>): {
  threshold: number | undefined;
  problems: ContentProblem[];
} {
  const text = files[FILE];
  const problems: ContentProblem[] = [];
  if (text === undefined) return { threshold: undefined, problems };
  const shapes = 'src/understanding/acceptance.ts';
  const { value } = readYamlFile({ file: FILE, text, shapes }, acceptanceSchema, problems);
  return { threshold: value?.threshold, problems };
}
