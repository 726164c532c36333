import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarations, withSchemas } from './types/published-files';

/** `npm run types`: writes what integrators compile and validate against. */
const docs = join(__dirname, '..', '..', 'docs');
const description = join(docs, 'openapi', 'app-push.yaml');
writeFileSync(join(docs, 'types', 'telecom-chat.d.ts'), declarations());
writeFileSync(description, withSchemas(readFileSync(description, 'utf8')).toString({ lineWidth: 0 }));
