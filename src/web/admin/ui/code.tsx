import { yaml } from '@codemirror/lang-yaml';
import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import CodeMirror, { type BasicSetupOptions } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import type { ThemeName } from '../../staff/theme';
import { useAdmin } from './context';

/** The usual colours of code, as they read on a dark ground. */
const DARK: Record<string, string> = {
  '#00c': '#8cc4fa',
  '#00f': '#8cc4fa',
  '#219': '#a9c1ff',
  '#30a': '#c9b6ff',
  '#708': '#d9b3ff',
  '#940': '#d0b184',
  '#a11': '#f4a9a9',
  '#e40': '#ffb08a',
  '#164': '#8fd6a4',
  '#085': '#8fd6a4',
  '#167': '#8fd0d6',
  '#256': '#a9cbe0',
  '#404740': '#b9c4ce',
  '#f00': '#ff9d9d',
};

const lookOf = (isDark: boolean): Extension[] => [
  EditorView.theme(
    {
      '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)' },
      '.cm-gutters': {
        backgroundColor: 'var(--surface)',
        color: 'var(--quiet)',
        borderRight: '1px solid var(--line)',
      },
      '.cm-content': { caretColor: 'var(--ink)' },
      '.cm-cursor': { borderLeftColor: 'var(--ink)' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
      '.cm-activeLineGutter': { color: 'var(--ink)' },
      '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--own)' },
      '.cm-tooltip': {
        backgroundColor: 'var(--surface)',
        border: '1px solid var(--line)',
        color: 'var(--ink)',
      },
      '.cm-tooltip-autocomplete ul li[aria-selected]': {
        backgroundColor: 'var(--own)',
        color: 'var(--ink)',
      },
      '.cm-collapsedLines': { background: 'var(--ground)', color: 'var(--quiet)' },
    },
    { dark: isDark },
  ),
  ...(isDark
    ? [
        syntaxHighlighting(
          HighlightStyle.define(
            defaultHighlightStyle.specs.map((spec) => ({
              ...spec,
              ...(spec.color ? { color: DARK[String(spec.color)] ?? 'var(--ink)' } : {}),
            })),
          ),
        ),
      ]
    : []),
];
const looks: Record<ThemeName, Extension[]> = { light: lookOf(false), dark: lookOf(true) };

interface CodeProps {
  /** Named to whoever cannot see it. */
  label: string;
  value: string;
  /** Without it the text can only be read. */
  onChange?: (text: string) => void;
  onCreate?: (view: EditorView) => void;
  extensions?: Extension[];
  setup?: BasicSetupOptions;
  height?: string;
  maxHeight?: string;
  className?: string;
}

const NONE: Extension[] = [];

/** A text with its syntax shown, in the colours of the page. */
export function Code({ label, extensions = NONE, setup, onChange, onCreate, ...rest }: CodeProps) {
  const { settings, nonce } = useAdmin();
  const own = useMemo(
    () => [
      yaml(),
      EditorView.lineWrapping,
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      ...looks[settings.theme],
    ],
    [nonce, label, settings.theme],
  );
  return (
    <CodeMirror
      {...rest}
      theme="none"
      editable={onChange !== undefined}
      basicSetup={{ foldGutter: false, highlightActiveLine: false, ...setup }}
      extensions={[...own, ...extensions]}
      onCreateEditor={(view) => {
        // Long texts are scrolled with the keyboard too.
        view.scrollDOM.tabIndex = 0;
        onCreate?.(view);
      }}
      onChange={onChange}
    />
  );
}
