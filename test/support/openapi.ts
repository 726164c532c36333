import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What the validator says of an OpenAPI file. It ships as an ES module, which the runner of tests cannot load itself. */
export function validateOpenApi(file: string): { valid: boolean; errors?: unknown } {
  const script = `import { Validator } from '@seriousme/openapi-schema-validator';
    const { valid, errors } = await new Validator().validate(process.argv[1]);
    console.log(JSON.stringify({ valid, errors }));`;
  const args = ['--input-type=module', '-e', script, file];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: join(__dirname, '../..'), encoding: 'utf8' }),
  );
}
