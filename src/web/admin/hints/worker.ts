import { createExampleIndex } from '../../../understanding/example-index';
import { EMPTY_LEXICON, parseLexicon } from '../../../understanding/lexicon';
import { type Known, suggestVariants } from '../../../understanding/variants';
import type { HintAnswer, HintTask } from './hint-task';

/** Compares examples beside the page, which stays quick under ten thousand of them. */
let known: Known = { examples: [], lexicon: EMPTY_LEXICON, index: createExampleIndex([], EMPTY_LEXICON) };

function answer(task: Exclude<HintTask, { type: 'know' }>): HintAnswer {
  const { id } = task;
  if (task.type === 'hints') {
    const { text, intent, except } = task;
    return { type: 'hints', id, hints: known.index.hintsOf({ text, intent }, except) };
  }
  return { type: 'variants', id, variants: suggestVariants(known, task) };
}

addEventListener('message', ({ data }: MessageEvent<HintTask>) => {
  if (data.type === 'know') {
    const { lexicon } = parseLexicon(data.lexicon === null ? {} : { 'lexicon.yaml': data.lexicon });
    const { examples } = data;
    known = { examples, lexicon, index: createExampleIndex(examples, lexicon) };
    return;
  }
  postMessage(answer(data));
});
