import { useMemo } from 'react';
import { filesOf } from '../state/bench';
import { type DraftNames, draftNames } from '../state/draft-names';
import { useAdmin, useBench } from './context';

/** Names of what the draft holds, in the language of the page. */
export function useDraftNames(): DraftNames {
  const { words, settings } = useAdmin();
  const bench = useBench();
  return useMemo(
    () => draftNames(filesOf(bench), settings.locale, words.dialogs.kinds),
    [bench, settings.locale, words],
  );
}
