import { clusterMessages, createExampleIndex } from '../../../understanding/example-index';
import { EMPTY_LEXICON, parseLexicon } from '../../../understanding/lexicon';
import type { HintAnswer, HintTask } from './hint-task';

/** Compares examples beside the page, which stays quick under ten thousand of them. */
let lexicon = EMPTY_LEXICON;
let index = createExampleIndex([], lexicon);

function answer(task: Exclude<HintTask, { type: 'know' }>): HintAnswer {
  const { id } = task;
  if (task.type === 'hints') {
    const { text, intent, except } = task;
    return { type: 'hints', id, hints: index.hintsOf({ text, intent }, except) };
  }
  const clusters = clusterMessages(task.messages, lexicon).map(({ messages }) => ({
    messages,
    intent: index.nearest(messages[0]?.text ?? '')?.intent ?? null,
  }));
  return { type: 'cluster', id, clusters };
}

addEventListener('message', ({ data }: MessageEvent<HintTask>) => {
  if (data.type === 'know') {
    lexicon = parseLexicon(data.lexicon === null ? {} : { 'lexicon.yaml': data.lexicon }).lexicon;
    index = createExampleIndex(data.examples, lexicon);
  } else postMessage(answer(data));
});
