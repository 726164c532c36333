import { join } from 'node:path';
import { loadPermissions } from '../../src/content/load-permissions';

const ROOT = join(__dirname, '../..');

/** What each role may do, as it ships. */
export const shippedPermissions = loadPermissions(ROOT, ROOT);
