import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { operatorDocument } from './types/operator-document';
import { declarations, withSchemas } from './types/published-files';

/** `npm run types`: writes what integrators compile and validate against. */
const docs = join(__dirname, '..', '..', 'docs');
const description = join(docs, 'openapi', 'app-push.yaml');
writeFileSync(join(docs, 'types', 'telecom-chat.d.ts'), declarations());
writeFileSync(description, withSchemas(readFileSync(description, 'utf8')).toString({ lineWidth: 0 }));
writeFileSync(
  join(docs, 'openapi', 'operator.yaml'),
  `# Written by \`npm run types\` from src/contract/operator-api.ts.\n${stringify(operatorDocument(), { lineWidth: 0, aliasDuplicateObjects: false })}`,
);
