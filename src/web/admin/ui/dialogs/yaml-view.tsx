import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { Prec } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import type { ContentProblem } from '../../../../contract/problem';
import { stepPlace } from '../../../../dialogs/edit/edit-steps';
import { nodeAt, openYaml } from '../../../../dialogs/edit/yaml-places';
import { filesOf } from '../../state/bench';
import { problemWords } from '../../state/problem-words';
import { type Names, placeAt, suggest } from '../../state/yaml-help';
import { Code } from '../code';
import { useAdmin } from '../context';
import { type DialogFile, dialogIdOf } from './use-file';

/** The dialog's file as it is written, with completion, help and problems in place. */
export function YamlView({ file, selected }: { file: DialogFile; selected: string | null }) {
  const { words } = useAdmin();
  const { text, edit, undo, redo } = file;
  const view = useRef<EditorView | null>(null);
  const completion = useCompletion(file);
  const help = useHelp();
  const problems = useDiagnostics(file);
  const fixed = useMemo(
    () => [
      lintGutter(),
      Prec.highest(
        keymap.of([
          { key: 'Mod-z', run: done(undo) },
          { key: 'Mod-y', run: done(redo) },
          { key: 'Mod-Shift-z', run: done(redo) },
        ]),
      ),
    ],
    [undo, redo],
  );
  useEffect(() => {
    if (view.current && selected !== null) showStep(view.current, selected);
  }, [selected]);
  return (
    <section className="yaml" aria-label="YAML">
      <Code
        key={file.path}
        label={words.dialogs.yaml}
        value={text}
        height="100%"
        setup={{ history: false, autocompletion: false, foldGutter: true }}
        extensions={[...fixed, completion, help, problems]}
        onCreate={(made) => {
          view.current = made;
          if (selected !== null) showStep(made, selected);
        }}
        onChange={(next) => void edit(() => next, 'yaml')}
      />
    </section>
  );
}

const done = (work: () => void) => (): boolean => {
  work();
  return true;
};

/** Brings a step into view, unless one is typing there. */
function showStep(view: EditorView, id: string): void {
  if (view.hasFocus) return;
  try {
    const text = view.state.doc.toString();
    const node = nodeAt(openYaml(text), ['steps', stepPlace(text, id)]);
    const at = node?.range?.[0] ?? 0;
    view.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'start', yMargin: 30 }),
    });
  } catch {
    // A text that makes no sense at the moment has no steps.
  }
}

function useDiagnostics({ problems, warnings }: DialogFile) {
  const { settings } = useAdmin();
  return useMemo(() => {
    const toDiagnostic =
      (view: EditorView, severity: Diagnostic['severity']) =>
      (problem: ContentProblem): Diagnostic => {
        const { doc } = view.state;
        const { from, to } = doc.line(Math.min(Math.max(problem.line, 1), doc.lines));
        const lead = /^\s*/.exec(doc.sliceString(from, to))?.[0].length ?? 0;
        return {
          from: Math.min(from + lead, to),
          to,
          severity,
          message: problemWords(problem, settings.locale),
        };
      };
    return linter(
      (view) => [
        ...problems.map(toDiagnostic(view, 'error')),
        ...warnings.map(toDiagnostic(view, 'warning')),
      ],
      { delay: 150 },
    );
  }, [problems, warnings, settings.locale]);
}

/** Names are read when they are asked for: the draft changes with every letter. */
function useCompletion(file: DialogFile) {
  const { client, words } = useAdmin();
  const dialog = useRef(file.dialog);
  dialog.current = file.dialog;
  return useMemo(() => {
    const namesOf = (): Names => {
      const paths = Object.keys(filesOf(client.store.read().bench));
      const ids = (pattern: RegExp) => paths.flatMap((path) => pattern.exec(path)?.[1] ?? []);
      return {
        dialog: dialog.current,
        dialogs: paths.flatMap((path) => dialogIdOf(path) ?? []),
        intents: ids(/^intents\/([^/]+)\.yaml$/),
        articles: ids(/^dialogs\/knowledge\/([^/]+)\.md$/),
      };
    };
    const complete = (context: CompletionContext): CompletionResult | null => {
      const place = placeAt(context.state.doc.toString(), context.pos);
      if (!context.explicit && !/[\w-]$/.test(place.word) && place.key === null) return null;
      const { words: found, isKey } = suggest(place, namesOf());
      if (found.length === 0) return null;
      return {
        from: place.from,
        options: found.map((label) => ({
          label,
          apply: isKey ? `${label}: ` : label,
          type: isKey ? 'property' : 'enum',
          detail: isKey ? words.keys[label]?.[0] : undefined,
        })),
        validFor: /^[\w.-]*$/,
      };
    };
    return autocompletion({ override: [complete] });
  }, [client, words]);
}

/** What a key does, while one points at it. */
function useHelp() {
  const { words } = useAdmin();
  return useMemo(
    () =>
      hoverTooltip((view, at) => {
        const word = view.state.wordAt(at);
        if (!word) return null;
        const text = view.state.doc.sliceString(word.from, word.to + 1);
        const help = text.endsWith(':') ? words.keys[text.slice(0, -1)] : undefined;
        if (!help) return null;
        return {
          pos: word.from,
          end: word.to,
          create: () => {
            const dom = document.createElement('p');
            dom.className = 'yaml-help';
            dom.textContent = `${help[0]} · ${help[1]}`;
            return { dom };
          },
        };
      }),
    [words],
  );
}
