import { type Document, parseDocument } from 'yaml';
import { jsonSchemas } from '../../contract/published';
import { comment, printType } from './print-type';

const HEAD = `/**
 * What the chat's server sends and takes: Direct Line 3.0, the bridge of the WebView, and app push. Written by
 * \`npm run types\` from the schemas of the server; needs nothing else. docs/chat.md and docs/app-push.md explain it.
 */
`;

/** The declarations for integrators: one file without imports. */
export function declarations(): string {
  const types = Object.entries(jsonSchemas((name) => name)).map(([name, schema]) => {
    return `${comment(schema)}export type ${name} = ${printType(schema)};\n`;
  });
  return [HEAD, ...types].join('\n');
}

/** The schemas that the description of app push refers to, within that document. */
export function appPushSchemas(): Record<string, unknown> {
  const all = jsonSchemas((name) => `#/components/schemas/${name}`);
  return { AppPush: all.AppPush, Locale: all.Locale };
}

/** The description of app push with its schemas as they are now; the rest of the document stays as it was written. */
export function withSchemas(yaml: string): Document {
  const document = parseDocument(yaml);
  document.setIn(['components', 'schemas'], document.createNode(appPushSchemas()));
  return document;
}
