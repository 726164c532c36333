/** A section of an article: `# zh`, `# en`, or the same for one channel (`# zh wechat`). */
export interface Section {
  title: string;
  /** Of its title, from 1. */
  line: number;
  text: string;
}

export interface SplitArticle {
  /** The YAML between the two lines of `---`, with the lines before it kept empty, so that its line numbers hold. */
  head: string | null;
  sections: Section[];
}

const TITLE = /^#\s+(.+?)\s*$/;

/** Takes an article apart; null as head when the two lines of `---` are not there. */
export function splitArticle(file: string): SplitArticle {
  const lines = file.replace(/^\ufeff/, '').split(/\r?\n/);
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) return { head: null, sections: [] };
  const sections: Section[] = [];
  for (const [i, line] of lines.entries()) {
    if (i <= end) continue;
    const title = TITLE.exec(line)?.[1];
    const last = sections.at(-1);
    if (title) sections.push({ title, line: i + 1, text: '' });
    else if (last) last.text += `${line}\n`;
    else if (line.trim() !== '') sections.push({ title: '', line: i + 1, text: line });
  }
  return {
    head: ['', ...lines.slice(1, end)].join('\n'),
    sections: sections.map((section) => ({ ...section, text: section.text.trim() })),
  };
}
