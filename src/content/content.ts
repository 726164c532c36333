import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindArticles } from '../contract/knowledge';
import type { ContentProblem } from '../contract/problem';
import { loadDialogs } from '../dialogs/load';
import type { DialogSet } from '../dialogs/schema';
import { type FactEnding, factEndings } from '../dialogs/tables/fact-endings';
import { createSayAnswer } from '../dialogs/tables/fact-texts';
import { AppError } from '../errors';
import { parseAcceptance } from '../understanding/acceptance';
import {
  type AreaFacts,
  createAreaFacts,
  createAreaNames,
  parseAreas,
  type ServiceAreas,
} from '../understanding/entities/address/service-areas';
import { examplesOf, parseIntents } from '../understanding/intent-file';
import { createKnowledge, NO_KNOWLEDGE } from '../understanding/knowledge/find-answers';
import { knowledgeTraining } from '../understanding/knowledge/topics';
import { type Lexicon, parseLexicon } from '../understanding/lexicon';
import { type Example, OUT_OF_SCOPE } from '../understanding/model';
import { createRecognizer, type TrainedModel, type Training } from '../understanding/recognizer';
import { createUnderstand, type Understand } from '../understanding/understand';
import { contentToMend } from './content-to-mend';
import { parsePolicies } from './load-policies';
import { isPromiseFile, POLICY_FOLDER } from './policy-names';
import { servedPlaces } from './served-places';
import { TABLE_FOLDER } from './table-files';

/**
 * Versions of what admins write: `dialogs/` (knowledge, promises and scripted conversations included) and `intents/` form
 * one version, whose id is the hash of their text.
 * A session keeps the version that it began with, its trained model included.
 */
export interface Content {
  version: string;
  dialogs: DialogSet;
  understand: Understand;
  /** The nearest answers to a question, however far: passages for who writes from them. */
  findArticles: FindArticles;
  /** The places that the operator serves. */
  areas: ServiceAreas;
  /** Promises and their calendars by file name; not pinned: those of the current version hold for whatever runs. */
  policyFiles: Record<string, string>;
  /** Province and settlement of a service area. */
  areaFacts: (area: string) => AreaFacts;
  /** What people call a service area; null for one that is not known. */
  nameArea: (area: string) => { zh: string; en: string } | null;
}

/** What was learned from a version; no knowledge where it has no articles. */
export interface ContentModels {
  intents: TrainedModel;
  knowledge: TrainedModel | null;
}

/** Text of each file by its path below the project: `dialogs/fault-report.yaml`. */
export type ContentFiles = Record<string, string>;

const FOLDERS: {
  folder: string;
  ending: string;
  isOptional?: boolean;
  /** Which of the files with the ending; all unless told otherwise. */
  has?: (name: string) => boolean;
}[] = [
  { folder: 'dialogs', ending: '.yaml' },
  { folder: 'dialogs/conversations', ending: '.yaml', isOptional: true },
  { folder: 'dialogs/knowledge', ending: '.md', isOptional: true },
  { folder: 'dialogs/knowledge', ending: '.yaml', isOptional: true },
  { folder: TABLE_FOLDER, ending: '.csv', isOptional: true },
  { folder: POLICY_FOLDER, ending: '.yaml', isOptional: true, has: isPromiseFile },
  { folder: 'intents', ending: '.yaml' },
  { folder: 'intents/entities', ending: '.yaml' },
];

/** Reads the files of a version; throws `bad-content` when a folder is missing. */
export function readContentFiles(root: string): ContentFiles {
  const found = FOLDERS.flatMap(({ folder, ending, isOptional, has = () => true }) => {
    const path = join(root, folder);
    if (!existsSync(path)) {
      if (isOptional) return [];
      throw new AppError('bad-content', `The folder ${path} is missing: put the YAML files there.`);
    }
    const names = readdirSync(path).filter((name) => name.endsWith(ending) && has(name));
    return names.map((name): [string, string] => [
      `${folder}/${name}`,
      readFileSync(join(path, name), 'utf8'),
    ]);
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The id of a version: 128 bits of sha256 over paths and texts, as hex. */
export function versionOf(files: ContentFiles): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(files).sort())
    hash
      .update(path)
      .update('\0')
      .update(files[path] ?? '')
      .update('\0');
  return hash.digest('hex').slice(0, 32);
}

/** In the order of their names, whatever order the store gives them back in: the same files train the same model. */
export const below = (files: ContentFiles, folder: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, text]) =>
        path.slice(0, path.lastIndexOf('/')) === folder ? [[path.slice(folder.length + 1), text]] : [],
      ),
  );

/** What is wrong with files, what should be mended, and what they say when nothing is wrong. */
export interface ReadContent {
  problems: ContentProblem[];
  warnings: ContentProblem[];
  /** Those warnings that a walk over every way through the dialogs has found. */
  unfilled: ContentProblem[];
  /** Rows of tables that run out, for whoever knows what day it is. */
  endings: FactEnding[];
  /** Null when there is a problem. */
  parsed: ParsedContent | null;
}

/** Files that hold together, and what is to be trained. */
export interface ParsedContent {
  version: string;
  dialogs: DialogSet;
  training: { intents: Training; knowledge: Training | null };
  areas: ServiceAreas;
  answerIntents: Set<string>;
  policyFiles: Record<string, string>;
}

/** Reads files; every problem of every file at once. */
export function readContent(files: ContentFiles): ReadContent {
  const { intents, problems } = parseIntents(below(files, 'intents'));
  const { lexicon, problems: lexiconProblems } = parseLexicon(below(files, 'intents/entities'));
  const { threshold, problems: thresholdProblems } = parseAcceptance(below(files, 'intents/entities'));
  const { areas, problems: areaProblems } = parseAreas(below(files, 'intents/entities'));
  const answered = intents.filter(({ role }) => role !== 'outside');
  const intentNames = new Map(answered.map(({ id, name }) => [id, name]));
  const knowledge = below(files, 'dialogs/knowledge');
  const tables = below(files, TABLE_FOLDER);
  const loaded = loadDialogs({
    files: below(files, 'dialogs'),
    knowledge,
    tables,
    served: servedPlaces(areas),
    intentNames,
  });
  const all = [
    ...inFolder('intents', problems),
    ...inFolder('intents/entities', [...lexiconProblems, ...thresholdProblems, ...areaProblems]),
    ...inFolder('dialogs', loaded.problems),
    ...policyProblems(below(files, POLICY_FOLDER)),
  ];
  const warnings = inFolder('dialogs', loaded.warnings);
  const unfilled = inFolder('dialogs', loaded.unfilled);
  const endings = factEndings(loaded.facts);
  if (all.length > 0 || !loaded.set) return { problems: all, warnings, unfilled, endings, parsed: null };
  const examples: Example[] = examplesOf(intents);
  const answerIntents = new Set(intents.filter(({ role }) => role === 'answer').map(({ id }) => id));
  const learned = threshold === undefined ? { examples, lexicon } : { examples, lexicon, threshold };
  const training = { intents: learned, knowledge: trainingOf(loaded.set, examples, lexicon) };
  const policyFiles = below(files, POLICY_FOLDER);
  const parsed = {
    version: versionOf(files),
    dialogs: loaded.set,
    training,
    areas,
    answerIntents,
    policyFiles,
  };
  return { problems: [], warnings, unfilled, endings, parsed };
}

/** Content that was written before there were promises in it has none. Where a clock stands changes no problem. */
const policyProblems = (policies: Record<string, string>): ContentProblem[] =>
  Object.keys(policies).length === 0 ? [] : parsePolicies(policies, 'UTC').problems;

const inFolder = (folder: string, problems: ContentProblem[]): ContentProblem[] =>
  problems.map((problem) => ({ ...problem, file: `${folder}/${problem.file}` }));

/** As `readContent`. Throws `bad-content` with every problem of every file. */
export function parseContent(files: ContentFiles): ParsedContent & Pick<ReadContent, 'warnings'> {
  const { problems, warnings, parsed } = readContent(files);
  if (!parsed) throw contentToMend('Content', problems);
  return { ...parsed, warnings };
}

/** What no article answers: the examples of concerns, unless a question is answered before they are taken up. */
function trainingOf(
  { articles, byIntent, dialogs, noAnswer }: DialogSet,
  examples: Example[],
  lexicon: Lexicon,
): Training | null {
  if (articles.size === 0) return null;
  const isStranger = ({ intent }: Example) =>
    intent !== OUT_OF_SCOPE && !dialogs.get(byIntent.get(intent) ?? '')?.isAfterKnowledge;
  const concerns = examples.filter(isStranger).map(({ text }) => text);
  return knowledgeTraining([...articles.values()], { lexicon, concerns, noAnswer });
}

/** Joins files and what was learned from them into what turns use. */
export function compileContent(parsed: ParsedContent, models: ContentModels, timeZone: string): Content {
  const { version, dialogs, answerIntents, training, areas, policyFiles } = parsed;
  const recognizer = createRecognizer(models.intents, { answerIntents });
  const { findArticles, findAnswers, holds } = models.knowledge
    ? createKnowledge({
        articles: [...dialogs.articles.values()],
        model: models.knowledge,
        timeZone,
        sayAnswer: createSayAnswer(dialogs.facts, timeZone),
      })
    : NO_KNOWLEDGE;
  return {
    version,
    dialogs: { ...dialogs, findAnswers, holds },
    understand: createUnderstand({ recognizer, timeZone, lexicon: training.intents.lexicon, areas }),
    findArticles,
    areas,
    policyFiles,
    areaFacts: createAreaFacts(areas),
    nameArea: createAreaNames(areas),
  };
}
