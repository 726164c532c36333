import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { appPushSchema } from '../../../src/contract/app-push';
import { appPushSchemas, declarations, withSchemas } from '../../../src/launch/types/published-files';
import { validateOpenApi } from '../../support/openapi';

const root = join(__dirname, '../../..');
const typesFile = join(root, 'docs/types/telecom-chat.d.ts');
const openapiFile = join(root, 'docs/openapi/app-push.yaml');
/** Without the layout that the formatter gives it. */
const bare = (text: string) => text.replace(/\s+/g, '').replace(/([=:<(])\|/g, '$1');

describe('what is published for integrators', () => {
  it('are the types of the contract as it is: if not, run `npm run types`', () => {
    expect(bare(readFileSync(typesFile, 'utf8'))).toBe(bare(declarations()));
  });

  it('describes the push as the contract does: if not, run `npm run types`', () => {
    const document = parse(readFileSync(openapiFile, 'utf8'));
    expect(document.components.schemas).toEqual(appPushSchemas());
    expect(withSchemas(readFileSync(openapiFile, 'utf8')).toJS()).toEqual(document);
  });

  it('is an OpenAPI document, and its examples are pushes', async () => {
    expect(validateOpenApi(openapiFile)).toEqual({ valid: true });
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, readFileSync(openapiFile, 'utf8').replace('in: header', 'in: nowhere'));
    expect(validateOpenApi(broken).valid).toBe(false);
    rmSync(folder, { recursive: true });
    const { post } = parse(readFileSync(openapiFile, 'utf8')).paths['/push'];
    const { message, withdraw } = post.requestBody.content['application/json'].examples;
    expect(appPushSchema.parse(message.value)).toEqual(message.value);
    expect(appPushSchema.parse(withdraw.value)).toEqual(withdraw.value);
  });

  it('lets an integration compile that has nothing else installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'integration-'));
    cpSync(typesFile, join(folder, 'telecom-chat.d.ts'));
    cpSync(join(__dirname, 'integration.txt'), join(folder, 'integration.ts'));
    const compilerOptions = {
      strict: true,
      noEmit: true,
      lib: ['es2022', 'dom'],
      module: 'esnext',
      types: [],
      target: 'es2022',
      moduleResolution: 'bundler',
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const compile = () => {
      try {
        return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
          encoding: 'utf8',
        });
      } catch (error) {
        // What the compiler has said stands in the output of the failed process.
        return (error as { stdout: string }).stdout;
      }
    };
    expect(compile()).toBe('');
    writeFileSync(
      join(folder, 'wrong.ts'),
      "import type { AppPush } from './telecom-chat';\nexport const push: AppPush = { event: 'message' };\n",
    );
    expect(compile()).toMatch(/wrong\.ts\(2,14\): error/);
    rmSync(folder, { recursive: true });
  });
});
