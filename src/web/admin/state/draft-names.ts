import { intentHead, intentPath } from '../../../content/intents/edit-intents';
import type { Locale } from '../../../contract/activity';
import { readDialog } from '../../../dialogs/edit/read-dialog';
import type { Dialog, Step } from '../../../dialogs/schema';
import { speakStep } from './speak-step';

/** What things of a draft are called in one language; an id stands for what has no name or is not there. */
export interface DraftNames {
  dialog(id: string): string;
  intent(id: string): string;
  /** Of a slot of this dialog; a shared one of another dialog is found there. */
  slot(name: string, dialog: string | null): string;
  /** The dialog, the kind of step and what it says; shorter where the step is not there. */
  step(place: { dialog: string; step: string }): string;
}

/** What a step says is cut: its place is told, not its text. */
const SAID_LENGTH = 24;
/** Nothing of a text with conditions: which of its words are said is not known. */
function short(text: string): string {
  if (text.includes('{%')) return '';
  const said = text
    .replace(/\{\{.*?\}\}/gs, '…')
    .replace(/\s+/g, ' ')
    .trim();
  return said.length > SAID_LENGTH ? `${said.slice(0, SAID_LENGTH).trimEnd()}…` : said;
}

/** Files read last, by path: of sixty one changes at a time. */
const known = new Map<string, { text: string; dialog: Dialog | null }>();

function dialogIn(files: Readonly<Record<string, string>>, id: string): Dialog | null {
  const path = `dialogs/${id}.yaml`;
  const text = Object.hasOwn(files, path) ? files[path] : undefined;
  if (text === undefined) return null;
  const read = known.get(path);
  if (read?.text === text) return read.dialog;
  const { dialog } = readDialog(path, text);
  known.set(path, { text, dialog });
  return dialog;
}

/** Names in the files of a draft; `kinds` are the words for kinds of steps. */
export function draftNames(
  files: Readonly<Record<string, string>>,
  locale: Locale,
  kinds: Readonly<Record<Step['type'], string>>,
): DraftNames {
  const dialogName = (id: string): string => dialogIn(files, id)?.name[locale] || id;
  return {
    dialog: dialogName,
    intent(id) {
      const path = intentPath(id);
      return (Object.hasOwn(files, path) && intentHead(files[path] ?? '')[locale]) || id;
    },
    slot(name, dialog) {
      const own = dialog === null ? undefined : dialogIn(files, dialog)?.slots[name];
      return own?.name[locale] ?? name;
    },
    step(place) {
      const dialog = dialogIn(files, place.dialog);
      const step = dialog?.steps.find(({ id }) => id === place.step);
      if (!dialog || !step) return dialogName(place.dialog);
      const said = short(speakStep(step, dialog, locale));
      return `${dialogName(place.dialog)} · ${kinds[step.type]}${said ? ` ${said}` : ''}`;
    },
  };
}
