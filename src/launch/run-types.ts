import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { contentDocument } from './types/content-document';
import { operatorDocument } from './types/operator-document';
import { declarations, withSchemas } from './types/published-files';

/** `npm run types`: writes what integrators compile and validate against. */
const docs = join(__dirname, '..', '..', 'docs');
const description = join(docs, 'openapi', 'app-push.yaml');
writeFileSync(join(docs, 'types', 'telecom-chat.d.ts'), declarations());
writeFileSync(description, withSchemas(readFileSync(description, 'utf8')).toString({ lineWidth: 0 }));
const writeDocument = (name: string, source: string, document: object): void =>
  writeFileSync(
    join(docs, 'openapi', name),
    `# Written by \`npm run types\` from ${source}.\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  );
writeDocument('operator.yaml', 'src/contract/operator-api.ts', operatorDocument());
writeDocument('content.yaml', 'src/contract/content-api.ts', contentDocument());
