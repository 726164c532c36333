import { createExampleIndex } from '../../../understanding/example-index';
import { EMPTY_LEXICON, parseLexicon } from '../../../understanding/lexicon';
import type { HintAnswer, HintTask } from './hint-task';

/** Compares examples beside the page, which stays quick under ten thousand of them. */
let index = createExampleIndex([], EMPTY_LEXICON);

addEventListener('message', ({ data }: MessageEvent<HintTask>) => {
  if (data.type === 'know') {
    const { lexicon } = parseLexicon(data.lexicon === null ? {} : { 'lexicon.yaml': data.lexicon });
    index = createExampleIndex(data.examples, lexicon);
    return;
  }
  const { id, text, intent, except } = data;
  postMessage({ id, hints: index.hintsOf({ text, intent }, except) } satisfies HintAnswer);
});
