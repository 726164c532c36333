import { type AuditEntry, writeAudit } from '../accounts/audit';
import type { Database } from '../records/database';

/** One line of the audit about a customer, who is named by id only. */
export const audit = (
  tx: Database,
  action: Extract<AuditEntry['action'], `customer.${string}`>,
  customerId: string,
  note: string,
  at: number,
): Promise<void> => writeAudit(tx, { accountId: null, action, subject: `customer:${customerId}`, note, at });
