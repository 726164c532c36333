import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MeasuredIntents } from '../../contract/content-intents';
import type { ContentPreview } from '../../contract/content-preview';
import type { CalendarMonth, Foretell, Foretold, MonthRequest } from '../../contract/content-promises';
import type { Talk } from '../../contract/content-talk';
import type { TrialResult } from '../../contract/content-trial';
import type { ContentProblem } from '../../contract/problem';
import { AppError } from '../../errors';
import { type ContentFiles, type ReadContent, versionOf } from '../content';
import type { Merged } from '../drafts/merge';
import type { PreviewTask } from '../preview';
import type { TalkRequest } from '../talks/run-talk';
import { fromTravel } from '../travel';
import type { TrialRequest } from '../trials/run-trial';
import type { Task, TaskResult } from './tasks';

export type CheckedContent = Omit<ReadContent, 'parsed'>;

/** Reads and merges content beside the server, which goes on answering customers meanwhile. */
export interface ContentChecker {
  /** What is wrong with files. One problem without a file when they take too long to read. */
  check(files: ContentFiles): Promise<CheckedContent>;
  /** As `readContent`. Throws `timeout` when the files take too long. */
  read(files: ContentFiles): Promise<ReadContent>;
  /** As `mergeChanges`. Throws `timeout` when the texts take too long to compare. */
  merge(base: ContentFiles, mine: Record<string, string | null>, theirs: ContentFiles): Promise<Merged>;
  /** As `runTrial`. Throws `timeout` when it takes too long. */
  runTrial(request: TrialRequest): Promise<TrialResult>;
  /** As `previewOf`. Throws `timeout` when it takes too long. */
  preview(task: PreviewTask): Promise<ContentPreview>;
  /** As `runTalk`. Throws `timeout` when it takes too long. */
  talk(request: TalkRequest): Promise<Talk>;
  /** As `measureFiles`. Throws `timeout` when it takes too long. */
  measure(files: ContentFiles): Promise<MeasuredIntents>;
  /** As `foretell`, of files whose promises have no problem. */
  foretell(files: ContentFiles, asked: Foretell, timeZone: string): Promise<Foretold>;
  /** As `calendarMonth`, of files whose promises have no problem. */
  month(files: ContentFiles, asked: MonthRequest, timeZone: string): Promise<CalendarMonth | null>;
  close(): Promise<void>;
}

export interface CheckerOptions {
  /** A task that takes longer is given up, in ms. */
  timeoutMs?: number;
  memoryMb?: number;
  /** The worker's code; the default is right for the built server. */
  file?: string;
}

/** A thread takes no TypeScript: where this file runs from source, as in tests, the built worker serves. */
const folder = extname(__filename) === '.ts' ? join(__dirname, '../../../dist/content/check') : __dirname;
const MEMORY_MB = 512;
/** Files are asked about again and again: after a save, at a publish, by another page. */
const REMEMBERED = 20;

interface Waiting {
  resolve: (result: TaskResult) => void;
  reject: (error: unknown) => void;
}

export function createContentChecker(options: CheckerOptions = {}): ContentChecker {
  const { timeoutMs = 15_000, memoryMb = MEMORY_MB, file = join(folder, 'worker.js') } = options;
  const checked = new Map<string, ReturnType<ContentChecker['check']>>();
  let worker: Worker | null = null;
  let waiting: Waiting | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let serial = 0;

  function start(): Worker {
    const made = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    made.unref();
    made.on('message', ({ result, error }: { result?: TaskResult; error?: string }) => {
      if (result) waiting?.resolve(result);
      else waiting?.reject(new AppError('internal', `The content could not be read: ${error}`));
    });
    const end = (cause: unknown) => {
      if (worker === made) worker = null;
      waiting?.reject(new AppError('unavailable', 'The content could not be read; save again.', { cause }));
    };
    made.once('error', end);
    made.once('exit', end);
    return made;
  }
  /** A thread that works on something endless is ended; the next task gets a new one. */
  function giveUp(): void {
    const stuck = worker;
    worker = null;
    waiting?.reject(
      new AppError('timeout', `It took longer than ${timeoutMs / 1000} s to read: make the files smaller.`),
    );
    stuck?.removeAllListeners();
    void stuck?.terminate();
  }
  async function perform(task: Task): Promise<TaskResult> {
    worker ??= start();
    const timer = setTimeout(giveUp, timeoutMs);
    try {
      return await new Promise<TaskResult>((resolve, reject) => {
        waiting = { resolve, reject };
        serial += 1;
        worker?.postMessage({ id: serial, task });
      });
    } finally {
      waiting = null;
      clearTimeout(timer);
    }
  }
  /** One after the other: a second core is for customers. */
  function enqueue(task: Task): Promise<TaskResult> {
    const next = last.then(() => perform(task));
    last = next.catch(() => undefined);
    return next;
  }

  async function read(files: ContentFiles): Promise<ReadContent> {
    const result = await enqueue({ type: 'read', files });
    if (result.type !== 'read') throw new AppError('internal', 'The thread answered another task.');
    const { parsed, ...rest } = result.read;
    return { ...rest, parsed: parsed && fromTravel(parsed) };
  }
  async function checkNow(files: ContentFiles): Promise<CheckedContent> {
    try {
      const { parsed: _parsed, ...found } = await read(files);
      return found;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'timeout')) throw error;
      return { problems: [tooSlow(error.message)], warnings: [], unfilled: [], endings: [] };
    }
  }

  return {
    read,
    check(files) {
      const key = versionOf(files);
      const known = checked.get(key);
      if (known) return known;
      const found = checkNow(files);
      checked.set(key, found);
      found.catch(() => checked.delete(key));
      if (checked.size > REMEMBERED) checked.delete([...checked.keys()][0] ?? '');
      return found;
    },
    async merge(base, mine, theirs) {
      const result = await enqueue({ type: 'merge', base, mine, theirs });
      if (result.type !== 'merge') throw new AppError('internal', 'The thread answered another task.');
      return result.merged;
    },
    async runTrial(request) {
      const result = await enqueue({ type: 'trial', request });
      if (result.type !== 'trial') throw new AppError('internal', 'The thread answered another task.');
      return result.trial;
    },
    async preview(preview) {
      const result = await enqueue({ type: 'preview', preview });
      if (result.type !== 'preview') throw new AppError('internal', 'The thread answered another task.');
      return result.preview;
    },
    async talk(request) {
      const result = await enqueue({ type: 'talk', request });
      if (result.type !== 'talk') throw new AppError('internal', 'The thread answered another task.');
      return result.talk;
    },
    async measure(files) {
      const result = await enqueue({ type: 'measure', files });
      if (result.type !== 'measure') throw new AppError('internal', 'The thread answered another task.');
      return result.measured;
    },
    async foretell(files, asked, timeZone) {
      const result = await enqueue({ type: 'foretell', files, asked, timeZone });
      if (result.type !== 'foretell') throw new AppError('internal', 'The thread answered another task.');
      return result.foretold;
    },
    async month(files, asked, timeZone) {
      const result = await enqueue({ type: 'month', files, asked, timeZone });
      if (result.type !== 'month') throw new AppError('internal', 'The thread answered another task.');
      return result.month;
    },
    async close() {
      worker?.removeAllListeners();
      await worker?.terminate();
      worker = null;
    },
  };
}

const tooSlow = (message: string): ContentProblem => ({
  file: '',
  line: 1,
  path: '',
  message,
  remedy: 'undo the last change, or divide the largest file',
});
