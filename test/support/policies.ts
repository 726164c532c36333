import { join } from 'node:path';
import { loadPolicies } from '../../src/content/load-policies';

const ROOT = join(__dirname, '../..');

/** The policies that ship, as a node has them. */
export const shippedPolicies = loadPolicies(ROOT, ROOT, 'Asia/Shanghai');
