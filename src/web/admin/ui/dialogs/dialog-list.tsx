import { useMemo } from 'react';
import type { Locale } from '../../../../contract/activity';
import { filesOf } from '../../state/bench';
import { useAdmin, useBench } from '../context';
import { type Item, ItemList } from '../item-list';
import { CreateDialog } from './create-dialog';
import { dialogIdOf } from './use-file';

/** The name as the file begins with it: no need to read the whole of fifty files. */
function nameIn(text: string, locale: Locale): string {
  const flow = /^name: *\{ *zh: *(.+?), *en: *(.+?) *\}/m.exec(text);
  const named = flow ? (locale === 'zh' ? flow[1] : flow[2]) : undefined;
  return (named ?? '').replace(/^["']|["']$/g, '');
}

export function DialogList({ open, onOpen }: { open: string | null; onOpen: (id: string) => void }) {
  const { words, settings } = useAdmin();
  const bench = useBench();
  const items = useMemo(
    () =>
      Object.entries(filesOf(bench)).flatMap(([path, text]): Item[] => {
        const id = dialogIdOf(path);
        return id === null ? [] : [{ id, path, name: nameIn(text, settings.locale) }];
      }),
    [bench, settings.locale],
  );
  return (
    <ItemList
      items={items}
      open={open}
      onOpen={onOpen}
      words={words.dialogs}
      creating={(form) => <CreateDialog {...form} />}
    />
  );
}
