import { join } from 'node:path';
import { loadPolicies } from '../../src/content/load-policies';
import { loadRouting } from '../../src/content/load-routing';

const ROOT = join(__dirname, '../..');

/** The policies that ship, as a node has them. */
export const shippedPolicies = loadPolicies(ROOT, ROOT, 'Asia/Shanghai');

/** Who gets which conversation, as it ships. */
export const shippedRouting = loadRouting(ROOT, ROOT, 'Asia/Shanghai');
