import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { apiNames, operatorApi } from '../../../src/contract/operator-api';
import { operatorDocument } from '../../../src/launch/types/operator-document';
import { validateOpenApi } from '../../support/openapi';

const file = join(__dirname, '../../../docs/openapi/operator.yaml');

describe("the description of the operator's calls", () => {
  it('is that of the contract as it is: if not, run `npm run types`', () => {
    expect(parse(readFileSync(file, 'utf8'))).toEqual(operatorDocument());
  });

  it('is an OpenAPI document', () => {
    expect(validateOpenApi(file)).toEqual({ valid: true });
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, readFileSync(file, 'utf8').replace('in: header', 'in: nowhere'));
    expect(validateOpenApi(broken).valid).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('has every call, each with a path of its own, and a key for those that change something', () => {
    const { paths } = parse(readFileSync(file, 'utf8'));
    const calls = apiNames.map((name) => operatorApi[name].path);
    expect(new Set(calls).size).toBe(apiNames.length);
    expect(Object.keys(paths).sort()).toEqual([...calls, '/operator/callbacks'].sort());
    for (const name of apiNames) {
      const { parameters } = paths[operatorApi[name].path].post;
      const hasKey = JSON.stringify(parameters).includes('parameters/Key');
      expect([name, hasKey]).toEqual([name, operatorApi[name].isAct]);
    }
  });
});
